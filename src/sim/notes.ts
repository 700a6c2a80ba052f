/** Gives back the object it is called with, which so gets the private fields of a class that extends this. */
const Given = function (this: unknown, object: object) {
  return object
} as unknown as new (
  object: object,
) => object

export interface Notes<O extends object, N> {
  get(object: O): N | undefined
  /** The first note of an object is made before it is frozen. */
  set(object: O, note: N): void
}

/**
 * Notes about objects, one each, that live as long as their objects and that nothing else sees: no copy, no JSON, no comparison. What
 * a WeakMap does, but without a table through which the garbage collector goes again and again.
 */
export function createNotes<O extends object, N>(): Notes<O, N> {
  class Noted extends Given {
    #note: N
    constructor(object: O, note: N) {
      super(object)
      this.#note = note
    }
    static get(object: O): N | undefined {
      return #note in object ? object.#note : undefined
    }
    static set(object: O, note: N): void {
      if (#note in object) object.#note = note
      else new Noted(object, note)
    }
  }
  return Noted
}
