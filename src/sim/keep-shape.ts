const samples: object[] = []

/**
 * Keeps a sample of objects that come and go. V8 forgets the shape of objects that are all gone, and with it the code it compiled for them;
 * the next ones begin anew.
 */
export function keepShape(sample: object): void {
  samples.push(sample)
}
