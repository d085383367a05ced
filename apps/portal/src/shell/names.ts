/** Names of one kind, asked for together: what is wanted within one moment goes as one request. */
export function batchedNames(
  ask: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  mostAtOnce = 200,
): (id: string) => Promise<string | null> {
  let wanted = new Set<string>();
  let asking: Promise<ReadonlyMap<string, string>> | undefined;
  const all = async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const names = new Map<string, string>();
    for (let first = 0; first < ids.length; first += mostAtOnce) {
      for (const [id, name] of await ask(ids.slice(first, first + mostAtOnce))) names.set(id, name);
    }
    return names;
  };
  return async (id) => {
    wanted.add(id);
    asking ??= new Promise((resolve, reject) => {
      setTimeout(() => {
        const ids = [...wanted];
        wanted = new Set();
        asking = undefined;
        all(ids).then(resolve, reject);
      }, 10);
    });
    return (await asking).get(id) ?? null;
  };
}
