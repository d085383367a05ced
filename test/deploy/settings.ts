import {
  counterConfig,
  enquiryConfig,
  projectorConfig,
  relayConfig,
  supervisorConfig,
} from '@provident/assembly/service-config';
import { type Variable, VARIABLES } from '@provident/assembly/variables';

export type Settings = Readonly<Record<string, string>>;
export type ServiceName = keyof typeof READERS;

const READERS = {
  counter: counterConfig,
  relay: relayConfig,
  projector: projectorConfig,
  enquiry: enquiryConfig,
  supervisor: supervisorConfig,
};
export const SERVICES = Object.keys(READERS) as ServiceName[];

/** Reads a service's settings as the service does. Throws what the service would refuse them with. */
export function readSettings(service: ServiceName, settings: Settings): ReturnType<(typeof READERS)[ServiceName]> {
  return READERS[service](settings);
}

/** Variables that the service does not read, which is a mistake of the file that sets them. */
export function unreadVariables(service: ServiceName, settings: Settings): string[] {
  return Object.keys(settings).filter((name) => {
    const own: Variable | undefined = (VARIABLES as Readonly<Record<string, Variable>>)[name];
    if (own?.readBy.includes(service) === true) return false;
    const ofFile = (VARIABLES as Readonly<Record<string, Variable>>)[name.replace(/_FILE$/, '')];
    return !(name.endsWith('_FILE') && ofFile?.secret === true && ofFile.readBy.includes(service));
  });
}
