import { ownCommands } from './builtins.ts'
import { filterList } from './filters/index.ts'
import { safeRegExp } from './filters/matcher.ts'
import { toRegExp } from './filters/regexp.ts'
import { addCommands } from './registry.ts'

// importing this is what makes the commands known
addCommands({
  filters: filterList,
  builtins: ownCommands,
  patterns: {
    extended: (pattern) => toRegExp({ program: 'bash', dialect: 'extended' }, pattern),
    source: (source) => safeRegExp('bash', source, 'g', false),
  },
})
