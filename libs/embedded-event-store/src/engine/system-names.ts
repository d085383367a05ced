/** Names the server gives meaning to. */
export const METASTREAM_PREFIX = '$$';
export const METADATA_TYPE = '$metadata';
export const STREAM_DELETED_TYPE = '$streamDeleted';
export const LINK_TYPE = '$>';

export const isMetastream = (name: string): boolean => name.startsWith(METASTREAM_PREFIX);
export const metastreamOf = (name: string): string => METASTREAM_PREFIX + name;
export const ownerOf = (metastream: string): string => metastream.slice(METASTREAM_PREFIX.length);

/** Streams that never appear in $all: the server's own bookkeeping of subscriptions to $all. */
export function isHiddenFromAll(name: string): boolean {
  if (!name.startsWith('$')) return false;
  if (name === '$epoch-information') return true;
  return (
    name.startsWith('$persistentsubscription-$all::') && (name.endsWith('-checkpoint') || name.endsWith('-parked'))
  );
}
