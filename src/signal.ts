/** Returned by `listen`: `dispose` ends the subscription. Fits `vscode.Disposable`. */
export interface Listening {
  dispose(): void;
}

/** A list of listeners. `listen` fits `vscode.Event`, so that a view can pass it to VS Code directly. */
export class Signal<T = void> {
  readonly #listeners = new Set<(value: T) => unknown>();

  readonly listen = (
    listener: (value: T) => unknown,
    thisArg?: unknown,
    disposables?: Listening[],
  ): Listening => {
    const bound = (value: T): unknown => listener.call(thisArg, value);
    this.#listeners.add(bound);
    const listening = { dispose: () => void this.#listeners.delete(bound) };
    disposables?.push(listening);
    return listening;
  };

  /** Calls every listener that was registered at the start; one that is removed meanwhile is skipped. */
  send(value: T): void {
    for (const listener of [...this.#listeners]) {
      if (this.#listeners.has(listener)) listener(value);
    }
  }
}
