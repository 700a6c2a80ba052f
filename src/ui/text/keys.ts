/** The strings of the list of keys. They load with it. */
export const keysText = {
  page: 'Everywhere outside text fields',
  node: 'On a node card',
  nodeExtra: [
    { keys: '← → ↑ ↓', label: 'to the next card' },
    { keys: 'Enter', label: 'why it is as it is' },
  ],
  editor: 'Editor and terminal',
  editorLines: [
    { keys: 'Ctrl Enter', label: 'apply the manifest' },
    { keys: 'Ctrl M', label: 'let Tab leave the editor' },
    { keys: 'Ctrl `', label: 'from the editor to the terminal' },
    { keys: '↑ ↓', label: 'earlier commands' },
    { keys: 'Ctrl R', label: 'search earlier commands for what is typed' },
    { keys: 'Tab', label: 'complete the command' },
    { keys: 'Ctrl C', label: 'stop the command' },
    { keys: 'Ctrl L', label: 'clear the terminal' },
    { keys: 'Ctrl A E U K W', label: 'move and delete in the command' },
    { keys: 'Alt ↑', label: 'to the names in the output; arrows walk, Enter selects' },
  ],
} as const
