import { ownCommands } from './builtins.ts'
import { filterList } from './filters/index.ts'
import { addCommands } from './registry.ts'

// importing this is what makes the commands known
addCommands({ filters: filterList, builtins: ownCommands })
