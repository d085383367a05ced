import { DomainError } from '@provident/kernel';

const SHORTEST = 12;
const LONGEST = 128;
/** Fragments of passwords that everybody tries first; a longer password may not consist of them and digits. */
const COMMON = [
  'password',
  'passw0rd',
  'qwerty',
  'qwertz',
  'admin',
  'welcome',
  'letmein',
  'abc',
  'provident',
  'shebao',
];

/** The form in which a password is hashed: the same on every keyboard and system. */
export function normalPassword(password: string): string {
  return password.normalize('NFC');
}

/** Refuses a password that is too easily guessed: `password-weak`, with what is wrong. Never repeats it. */
export function checkPassword(password: string, loginName: string): void {
  const fault = passwordFault(password, loginName);
  if (fault === undefined) return;
  throw new DomainError(
    'password-weak',
    `The new password ${fault}.`,
    `A password has ${SHORTEST} to ${LONGEST} characters of three kinds (lower case, upper case, digits, others), without the login name or a common word.`,
    'Choose a longer one of several words.',
  );
}

function passwordFault(password: string, loginName: string): string | undefined {
  const length = [...password].length;
  if (length < SHORTEST) return `has ${length} characters`;
  if (length > LONGEST) return 'is too long';
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{Ll}\p{Lu}\d]/u].filter((kind) => kind.test(password));
  if (kinds.length < 3) return 'has fewer than three kinds of characters';
  const plain = password.toLowerCase();
  const name = loginName.split('@')[0] ?? loginName;
  if (plain.includes(name)) return 'contains the login name';
  if (new Set(plain).size < 6) return 'repeats the same few characters';
  let rest = plain;
  for (const word of COMMON) rest = rest.replaceAll(word, '');
  if (rest.replaceAll(/[\d\W_]/g, '').length < 4 && rest.length < plain.length) return 'is made of a common word';
  return undefined;
}
