/** What the process of the story tells about where it is. `head` is the log's last position. */
export type StoryMessage =
  | { readonly phase: 'opened' | 'done'; readonly step: number; readonly head: string }
  | { readonly phase: 'command' | 'projection'; readonly step: number }
  | { readonly phase: 'reactions' };

/** Where a kill can strike. `command` is a file being taken in, or accounts being closed. */
export type Phase = 'opening' | 'command' | 'reactions' | 'projection';

/** Reads a line of the process; other lines are its log. */
export function messageOf(line: string): StoryMessage | undefined {
  if (!line.startsWith('{"phase":')) return undefined;
  return JSON.parse(line) as StoryMessage;
}
