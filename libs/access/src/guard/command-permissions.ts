import { BrokenInvariant } from '@provident/kernel';
import type { Permission } from '../rights/permissions.js';

/** As much of a commander `Command` as is walked. */
export interface CommandNode {
  name(): string;
  readonly commands: readonly CommandNode[];
}

const declared = new WeakMap<CommandNode, Permission>();

/** Says which permission of the table a command of the command line asks for. Answers the command. */
export function commandNeeds<Node extends CommandNode>(command: Node, permission: Permission): Node {
  declared.set(command, permission);
  return command;
}

export function permissionOfCommand(command: CommandNode): Permission {
  const permission = declared.get(command);
  if (permission !== undefined) return permission;
  throw new BrokenInvariant(`The command ${command.name()} does not say which permission it asks for.`);
}

/** Every command that does something, with its permission: a command that only groups others is left out. */
export function commandPermissions(program: CommandNode): ReadonlyMap<string, Permission | undefined> {
  const found = new Map<string, Permission | undefined>();
  const walk = (command: CommandNode, path: readonly string[]): void => {
    if (command.commands.length === 0) found.set(path.join(' '), declared.get(command));
    for (const each of command.commands) walk(each, [...path, each.name()]);
  };
  walk(program, []);
  return found;
}
