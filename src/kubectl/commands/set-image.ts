import type { Verb } from '../command.ts'
import { aggregate, CommandError } from '../error-text.ts'
import { hasFiles } from '../write/flags.ts'
import { parsePairs, resourcesAndPairs } from '../write/pairs.ts'
import { mapContainers, setFlagErrors, setFlags, setTargets, updatePodSpecs } from '../write/pod-template.ts'

/** `kubectl set image`. @source kubectl/pkg/cmd/set/set_image.go */
export const setImage: Verb = {
  name: 'image',
  summary: 'Change images of containers',
  usage: 'kubectl set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  flags: setFlags,
  *run(context, args) {
    const { resources, pairs } = resourcesAndPairs(args.operands, 'image')
    const { set: images } = parsePairs(pairs, 'image', false)
    const infos = setTargets(context, args, resources)
    const errors = setFlagErrors(args)
    if (!resources.length && !hasFiles(args))
      errors.push(new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>'))
    if (!images.size) errors.push(new CommandError('at least one image update is required'))
    else if (images.size > 1 && images.has('*'))
      errors.push(new CommandError('all containers are already specified by *, but saw more than one container_name=container_image pairs'))
    const wrong = aggregate(errors)
    if (wrong) throw wrong
    updatePodSpecs(context, args, infos, {
      path: 'set image',
      flags: setFlags,
      operation: 'image updated',
      failure: 'failed to patch image update to pod template:',
      update(before, report) {
        let spec = before
        for (const [name, image] of images) {
          const next = mapContainers(spec, name, (c) => ({ ...c, image }))
          if (!next.found) report(new CommandError(`error: unable to find container named ${JSON.stringify(name)}`))
          spec = next.spec
        }
        return spec
      },
    })
    return 0
  },
}
