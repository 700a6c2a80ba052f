import type { ComponentContext } from '../../component.ts'

/** What a workload controller's decisions need of its surroundings; its own state is passed beside it. */
export type ControllerContext = Omit<ComponentContext<unknown>, 'state'>
