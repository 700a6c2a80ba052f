import type { Verb } from '../command.ts'
import { apply } from './apply.ts'
import { cordon, uncordon } from './cordon.ts'
import { create } from './create.ts'
import { deleteVerb } from './delete.ts'
import { describe } from './describe.ts'
import { diff } from './diff.ts'
import { drain } from './drain.ts'
import { edit } from './edit.ts'
import { get } from './get.ts'
import { annotateVerb, labelVerb } from './label.ts'
import { patch } from './patch.ts'
import { replace } from './replace.ts'
import { rollout } from './rollout.ts'
import { run } from './run.ts'
import { autoscale, scale } from './scale.ts'
import { set } from './set.ts'
import { taint } from './taint.ts'
import { unsupported } from './unsupported.ts'
import { wait } from './wait.ts'

/** All verbs in the order in which kubectl suggests them. */
export const verbs: readonly Verb[] = [
  create,
  unsupported('expose'),
  run,
  set,
  unsupported('explain'),
  get,
  edit,
  deleteVerb,
  rollout,
  scale,
  autoscale,
  unsupported('certificate'),
  unsupported('cluster-info'),
  unsupported('top'),
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  unsupported('logs'),
  unsupported('attach'),
  unsupported('exec'),
  unsupported('port-forward'),
  unsupported('proxy'),
  unsupported('cp'),
  unsupported('auth'),
  unsupported('debug'),
  unsupported('events'),
  diff,
  apply,
  patch,
  replace,
  wait,
  unsupported('kustomize'),
  labelVerb,
  annotateVerb,
  unsupported('completion'),
  unsupported('config'),
  unsupported('plugin'),
  unsupported('version'),
  unsupported('api-versions'),
  unsupported('api-resources'),
  unsupported('options'),
]
