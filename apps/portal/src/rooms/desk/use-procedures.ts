import { useQuery } from '@tanstack/react-query';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { useRoles } from '../../shell/use-session.js';

export type Procedure = components['schemas']['ProcedureAnswer'];

/** The procedures that there are. They are part of the program, so they are asked for once. */
export function useProcedures() {
  return useQuery({
    queryKey: ['procedures'],
    queryFn: () => answered(office.GET('/api/procedures')),
    staleTime: Infinity,
  });
}

/** Whether who looks may open cases of a procedure, enter their documents and hand them in. */
export function useMayMake(): (procedure: Procedure) => boolean {
  const roles = useRoles();
  return ({ opening }) => opening.roles.some((role) => (roles as readonly string[]).includes(role));
}
