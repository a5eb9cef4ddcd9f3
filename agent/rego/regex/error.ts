/** A pattern that is none, in the words of Go's `regexp/syntax`. */
export class PatternError extends Error {
  constructor(what: string, part: string) {
    super(`error parsing regexp: ${what}: \`${part}\``);
  }
}
