/** A number of a JSON text that is written in another way than JavaScript writes it, such as 1e5, 1.0 or 20 digits. */
export class SpelledNumber {
  constructor(readonly text: string) {}

  toJSON(): string {
    return this.text;
  }
}
