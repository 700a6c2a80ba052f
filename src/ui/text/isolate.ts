/** Letters that are written from right to left, and characters that turn the direction of a text. */
const turning =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

/** What somebody else named, as part of a sentence: from right to left it would turn the sentence around it. */
export const isolate = (name: string): string => (turning.test(name) ? `\u2066${name}\u2069` : name)
