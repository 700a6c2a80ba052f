/** How the YAML reader's message begins, and the same for people who write manifests. */
const plain: readonly (readonly [says: RegExp, plain: string])[] = [
  [
    /^Implicit map keys need to be followed/,
    'This line has no colon: a field is written name: value. Or it goes on a text and must be indented further.',
  ],
  [/^Nested mappings are not allowed/, 'No field can begin here: the line is indented too far, or has a second colon (put the text in quotes).'],
  [
    /^Implicit keys need to be on a single line/,
    'This line has no colon: a field is written name: value, and name: when what it holds stands below.',
  ],
  [/^Property null is not allowed/, 'This field has no name: one is written before the colon, and null is none.'],
  [/^All mapping items must start/, 'This line is indented unlike the fields beside it.'],
  [/^All (?:sequence|collection) items must start/, 'This line is indented unlike the items beside it.'],
  [/^Sequence item without - indicator/, 'This line is indented like a list item and has no -. Indent it like the other fields of the item above.'],
  [
    /^A block sequence may not be used/,
    'A list item (-) stands where a field is awaited: it is indented unlike the other items, or its list has no name.',
  ],
  [/^Tabs are not allowed/, 'There is a tab in the indentation; YAML takes only spaces there.'],
  [/^Missing closing ["']quote/, 'A quote that was opened before this is not closed.'],
  [/^Flow map\b/, 'The { that begins before this is not closed with }.'],
  [/^Flow sequence\b/, 'The [ that begins before this is not closed with ].'],
  [
    /^Block collections are not allowed within flow/,
    'Between brackets each entry ends with a comma, and none begins with -. Or a bracket is not closed.',
  ],
  [/^Plain value cannot start with/, 'A text cannot begin with this character; put it in quotes.'],
  [/^Block scalar header includes extra/, 'Behind | and > nothing else stands on the line; the text begins below.'],
  [/^Unexpected flow-(?:seq|map)-end/, 'A bracket is closed here that was not opened.'],
  [
    /^Unexpected (?:seq-item-ind|block-seq-ind)/,
    'A list item (-) cannot begin here. Put it on a line of its own, indented like the items beside it.',
  ],
  [/^Unexpected \S+ at node end/, 'There is more behind a value that has ended. Put all of it in quotes, or the rest on a line of its own.'],
  [/^Unexpected \S+ token in YAML stream/, 'This does not go on what stands above it.'],
]

/** What the YAML reader says in plain words, where there are such. */
export const plainYaml = (message: string): string => plain.find(([says]) => says.test(message))?.[1] ?? message
