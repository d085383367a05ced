/** Lets one task at a time work on a stream, in the order of asking; different streams do not wait for each other. */
export class StreamQueue {
  private readonly tails = new Map<string, Promise<unknown>>();

  run<T>(stream: string, task: () => Promise<T>): Promise<T> {
    const before = this.tails.get(stream);
    const mine = before === undefined ? task() : before.then(task, task);
    this.tails.set(stream, mine);
    const leave = (): void => {
      if (this.tails.get(stream) === mine) this.tails.delete(stream);
    };
    mine.then(leave, leave);
    return mine;
  }
}
