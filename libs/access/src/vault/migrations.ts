export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
}

/** A table that only grows: whoever changes or removes a row is refused by the database itself. */
const growsOnly = (table: string): string[] => [
  `create trigger ${table}_grows_only before update or delete on ${table}
     for each row execute function refuse_change()`,
  `create trigger ${table}_is_not_emptied before truncate on ${table}
     for each statement execute function refuse_change()`,
];

/** Steps from an empty schema to the present one. A step that was released is never changed; another follows it. */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'keys, sign-in and records',
    statements: [
      `create function refuse_change() returns trigger language plpgsql as $$
         begin raise exception 'The table % only grows.', tg_table_name using errcode = 'restrict_violation'; end $$`,
      `create table secret (
         name text primary key, wrapped bytea not null, wrapper text not null, created_at timestamptz not null)`,
      // An erased person keeps a row without a key, so that no second key is ever made.
      `create table person_key (
         person_id uuid primary key, wrapped bytea, wrapper text, created_at timestamptz not null,
         erased_at timestamptz,
         check ((wrapped is null) = (erased_at is not null)), check ((wrapped is null) = (wrapper is null)))`,
      `create index person_key_by_wrapper on person_key (wrapper) where wrapped is not null`,
      `create table login (
         user_id uuid primary key, name text not null unique, password_hash text, changed_at timestamptz,
         must_change boolean not null default false, void_after timestamptz)`,
      `create table earlier_password (
         user_id uuid not null references login, password_hash text not null, replaced_at timestamptz not null)`,
      `create index earlier_password_by_user on earlier_password (user_id, replaced_at)`,
      `create table attempt (
         login_key bytea primary key, failures integer not null, blocked_until timestamptz not null,
         last_at timestamptz not null)`,
      `create table federated_login (
         issuer text, subject text, user_id uuid not null, linked_at timestamptz not null,
         primary key (issuer, subject))`,
      `create table provider_flow (
         state_hash bytea primary key, browser_hash bytea not null, verifier text not null, nonce text not null,
         void_after timestamptz not null)`,
      `create table session (
         id uuid primary key, user_id uuid not null, opened_at timestamptz not null, void_after timestamptz not null,
         ended_at timestamptz, ended_by text, check ((ended_at is null) = (ended_by is null)))`,
      `create index session_by_user on session (user_id) where ended_at is null`,
      `create table refresh_token (
         hash bytea primary key, session_id uuid not null references session on delete cascade,
         void_after timestamptz not null, used_at timestamptz)`,
      `create index refresh_token_by_session on refresh_token (session_id)`,
      `create table signing_key (
         kid text primary key, public_key jsonb not null, wrapped bytea not null, wrapper text not null,
         signs_until timestamptz not null, verifies_until timestamptz not null)`,
      `create table idempotency_key (
         command_id uuid primary key, body_hash bytea not null, taken_at timestamptz not null)`,
      `create table read_log (
         number bigint generated always as identity primary key, read_at timestamptz not null, user_id uuid not null,
         on_behalf_of uuid, person_id uuid not null, permission text not null, route text not null, reason text)`,
      `create index read_log_by_person on read_log (person_id, number)`,
      `create index read_log_by_user on read_log (user_id, number)`,
      `create table refusal_log (
         number bigint generated always as identity primary key, refused_at timestamptz not null, user_id uuid,
         caller text not null, permission text, route text not null, reason text not null)`,
      ...growsOnly('read_log'),
      ...growsOnly('refusal_log'),
    ],
  },
  {
    number: 2,
    name: 'keys of records about people',
    statements: [
      // The key of a case, a notice, a document that tells of a person: it is erased with the person's.
      `create table key_link (key_id uuid, owner_id uuid, primary key (key_id, owner_id))`,
      `create index key_link_by_owner on key_link (owner_id)`,
    ],
  },
];
