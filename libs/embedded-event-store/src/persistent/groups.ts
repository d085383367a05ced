import type { EventStore } from '../engine/event-store.js';
import { systemEvent } from '../engine/event-writer.js';
import { streamPage } from '../engine/pages.js';
import { limits } from '../limits.js';
import { recordOf } from '../protocol/event-frame.js';
import { messages } from '../protocol/requests.js';
import type { Client, Consumer } from './consumer.js';
import { Group } from './group.js';
import { GroupError } from './group-error.js';
import { checkpointStream, type GroupKey, keyText, parkedStream } from './group-key.js';
import type { GroupConfig, GroupSettings } from './group-settings.js';
import { groupSource } from './group-source.js';

const CONFIG_STREAM = '$persistentSubscriptionConfig';

/** All persistent subscriptions of the server. Their settings are kept in a stream, so they are there after a restart. */
export class Groups {
  private readonly groups = new Map<string, Group>();

  constructor(private readonly store: EventStore) {
    this.startAll();
  }

  /** @throws GroupError `exists` or `invalid` */
  async create(key: GroupKey, settings: GroupSettings): Promise<void> {
    const text = keyText(key);
    if (this.groups.has(text)) throw new GroupError('exists', key);
    if (this.groups.size >= limits.groups) {
      throw new GroupError('invalid', key, `A server keeps at most ${limits.groups} persistent subscriptions.`);
    }
    this.groups.set(text, new Group(this.store, this.configured(key, settings)));
    await this.saveConfig();
  }

  /** Connected clients are dropped; progress is kept. @throws GroupError `missing` or `invalid` */
  async update(key: GroupKey, settings: GroupSettings): Promise<void> {
    const before = this.get(key);
    // An update cannot name a filter, so the group keeps the one it was made with.
    const { filter } = before.config.settings;
    const config = this.configured(key, { ...settings, ...(filter ? { filter } : {}) });
    before.stop(true);
    this.store.commits.flush();
    this.groups.set(keyText(key), new Group(this.store, config));
    await this.saveConfig();
  }

  /** @throws GroupError `missing` */
  async delete(key: GroupKey): Promise<void> {
    this.get(key).stop(true);
    this.groups.delete(keyText(key));
    await this.saveConfig();
    for (const stream of [checkpointStream(key), parkedStream(key)]) {
      if (this.store.catalog.stateOf(stream).last >= 0) await this.store.commands.deleteStream(stream, 'any');
    }
  }

  /** @throws GroupError `missing` or `full` */
  connect(key: GroupKey, client: Client): { group: Group; consumer: Consumer } {
    const group = this.get(key);
    const { maxSubscriberCount } = group.config.settings;
    const most =
      maxSubscriberCount > 0 ? Math.min(maxSubscriberCount, limits.consumersPerGroup) : limits.consumersPerGroup;
    if (group.consumers.length >= most) throw new GroupError('full', key);
    return { group, consumer: group.connect(client) };
  }

  /** @throws GroupError `missing` */
  get(key: GroupKey): Group {
    const group = this.groups.get(keyText(key));
    if (!group) throw new GroupError('missing', key);
    return group;
  }

  list(): Group[] {
    return [...this.groups.values()];
  }

  /** Drops all clients and begins again from what is on disk. */
  restart(): void {
    this.stop(true);
    this.store.commits.flush();
    this.startAll();
  }

  stop(drops = false): void {
    for (const group of this.groups.values()) group.stop(drops);
    this.groups.clear();
  }

  private startAll(): void {
    for (const config of this.loadConfig()) this.groups.set(keyText(config), new Group(this.store, config));
  }

  private configured(key: GroupKey, settings: GroupSettings): GroupConfig {
    if (settings.readBatchSize >= settings.historyBufferSize) {
      throw new GroupError('invalid', key, 'The read batch size must be smaller than the history buffer size.');
    }
    const config = { ...key, settings, beginsAfter: -1 };
    return { ...config, beginsAfter: this.beginningOf(config) };
  }

  private beginningOf(config: GroupConfig): number {
    const { startFrom } = config.settings;
    if (startFrom === 'start') return -1;
    return startFrom === 'end' ? groupSource(this.store, config).newest() : startFrom - 1;
  }

  private async saveConfig(): Promise<void> {
    const entries = this.list().map((group) => group.config);
    const event = systemEvent('$PersistentConfig', JSON.stringify({ version: '2', entries }));
    await this.store.commands.append(CONFIG_STREAM, 'any', [event]);
  }

  private loadConfig(): GroupConfig[] {
    const { last } = this.store.catalog.stateOf(CONFIG_STREAM);
    const [newest] = last < 0 ? [] : streamPage(this.store, CONFIG_STREAM, 'backwards', last, 1);
    if (!newest) return [];
    const json = messages.recordedEvent.decode(recordOf(newest.frame)).data.toString('utf8');
    return (JSON.parse(json) as { entries: GroupConfig[] }).entries;
  }
}
