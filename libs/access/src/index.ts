export { AccessModule, type AccessOptions } from './access.module.js';
export * from './commands.js';
export * from './events.js';
export { firstOperator } from './first-operator.js';
export {
  type CommandNode,
  commandNeeds,
  commandPermissions,
  permissionOfCommand,
} from './guard/command-permissions.js';
export { FromUser, type Identity } from './guard/identity.js';
export { type Declaration, Needs, Public, type Source, type TargetSources } from './guard/needs.js';
export { assertEveryRouteDeclares, type DeclaredRoute, keyOf, routesOf, watchServerRoutes } from './guard/routes.js';
export type { TargetFinder, TargetFinders } from './guard/targets.js';
export { hardenHttp } from './hardening/harden-http.js';
export { type RateOptions } from './hardening/rate-limits.js';
export { type MadeOf, PersonalDataModule, type PersonalDataOptions } from './personal-data.module.js';
export { type KeyWrapper, LocalMasterKey, MasterKeys } from './personal/master-keys.js';
export { changeMasterKey } from './personal/change-master-key.js';
export { PersonErasure } from './personal/person-erasure.js';
export { InstallationSecrets, PersonIndex } from './personal/person-index.js';
export { PersonKeys } from './personal/person-keys.js';
export { PersonalCipher } from './personal/personal-cipher.js';
export { SealedPersonalData } from './personal/personal-fields.js';
export { type LoggedRead, type Reading, ReadLog } from './records/read-log.js';
export { type Permission, type PermissionTerms } from './rights/permissions.js';
export {
  type Department,
  type Role,
  ROLE_TERMS,
  ROLES,
  type Scope,
  type ScopeKind,
} from './rights/roles.js';
export { type Grant, type Right, type Target, type Verdict } from './rights/verdict.js';
export { Logins } from './sign-in/logins.js';
export type { ProviderOptions } from './sign-in/provider.js';
export { Sessions } from './sign-in/sessions.js';
export { SigningKeys } from './sign-in/signing-keys.js';
export { type UserCommand, userIdOf, type UserState } from './user.js';
export { backupKeys, restoreKeys } from './vault/key-backup.js';
export { pruneVault } from './vault/prune.js';
export { Vault } from './vault/vault.js';
