import type { NodeSpec, Scenario, Step } from '#scenario/format.ts'

const daemonSet = (name: string, image: string, extra = ''): string => `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: ${name}, labels: {team: infra}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
${extra}      containers: [{name: ${name}, image: "${image}", ports: [{containerPort: 80}]}]
`
const deployment = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "${image}"}]}
`
const lonePod = `apiVersion: v1
kind: Pod
metadata: {name: lone}
spec: {containers: [{name: c, image: c}]}
`
const statefulSet = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: db, image: "db:1"}]}
`

const run = (line: string, stdin?: string): Step => ({ run: `kubectl ${line}`, ...(stdin !== undefined && { stdin }) })
const lines = (...list: string[]): Step[] => list.map((line) => run(line))

const nodes: NodeSpec[] = [{ name: 'w0', labels: { disk: 'ssd', zone: 'a' } }, { name: 'w1', labels: { zone: 'b' } }, { name: 'w2' }]

/** What every list of lines begins with: two DaemonSets, a Deployment, a StatefulSet, a pod of nobody's. */
const manifests = `${daemonSet('agent', 'agent:v1')}---\n${daemonSet('second', 'second:v1')}---\n${deployment('web:1')}---\n${statefulSet}---\n${lonePod}`

const scenario = (id: string, steps: Step[]): Scenario => ({ id, title: id, nodes, steps: [run('apply -f -', manifests), ...steps] })

/** A Deployment as server-side apply gets it: only what is meant. */
const part = (fields: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: part, labels: {app: part}}
spec:
  selector: {matchLabels: {app: part}}
${fields}  template:
    metadata: {labels: {app: part}}
    spec: {containers: [{name: part, image: "part:1", ports: [{containerPort: 80}]}]}
`

/** Every verb that talks to the API, with the flags people use: what the public scenarios have is not repeated. By id. */
export const verbScenarios: ReadonlyMap<string, Scenario> = new Map(
  [
    scenario('server-side apply', [
      run('apply --server-side -f -', part('  replicas: 2\n')),
      run('get deploy part -o yaml --show-managed-fields'),
      run('apply --server-side -f -', part('  replicas: 2\n')),
      run('apply --server-side -f - --field-manager=other', part('  replicas: 3\n')),
      run('apply --server-side -f - --field-manager=other --force-conflicts', part('  replicas: 3\n')),
      run('apply --server-side -f -', part('')),
      run('get deploy part -o yaml --show-managed-fields'),
      run('scale deploy part --replicas=4'),
      run('set image deploy/part part=part:2'),
      run('apply --server-side -f - --field-manager=other', part('  replicas: 3\n')),
      run('apply --server-side -f - --dry-run=server -o yaml', part('  replicas: 4\n')),
      run('apply --server-side -f -', part('  bogus: 1\n')),
      run('apply --server-side -f - --force', part('')),
      // what client-side apply owns goes over to server-side apply
      run('apply --server-side -f - --force-conflicts', deployment('web:3')),
      run('get deploy web -o yaml --show-managed-fields'),
      run('apply -f -', deployment('web:3')),
      run("get pods -l app=web -o jsonpath='{.items[0].metadata.managedFields[*].manager}'"),
    ]),
    scenario(
      'explain',
      lines(
        'explain ds',
        'explain ds.spec.updateStrategy.rollingUpdate',
        'explain pods.spec.containers.image',
        'explain pods.spec.tolerations',
        'explain daemonsets.apps.status',
        'explain pod --recursive',
        'explain node.spec.taints.effect',
        'explain ds.spec.nope',
        'explain nope',
        'explain ds --api-version=apps/v2',
      ),
    ),
    scenario('prune', [
      run('apply -f - --prune --all --prune-allowlist=apps/v1/DaemonSet --prune-allowlist=core/v1/Pod', daemonSet('agent', 'agent:v1')),
      run('apply -f - --prune', daemonSet('agent', 'agent:v1')),
      run('get ds,pods,deploy'),
    ]),
    scenario('apply', [
      run('create -f -', daemonSet('agent', 'agent:v1')),
      run('create -f -', daemonSet('agent', 'agent:v1')),
      run('apply -f -', daemonSet('agent', 'agent:v1')),
      run('apply -f -', daemonSet('agent', 'agent:v1', '      nodeSelector: {disk: ssd}\n')),
      run('apply -f - --dry-run=server', daemonSet('agent', 'agent:v3')),
      run('apply -f - --dry-run=client -o name', daemonSet('agent', 'agent:v3')),
      run('apply -f - --server-side --dry-run=none -o name --validate=ignore --dry-run=client', daemonSet('agent', 'agent:v3')),
      run('apply -f -', daemonSet('agent', 'agent:v1')),
      run('apply -f -', `${daemonSet('second', 'second:v1')}---\n${deployment('web:1')}---\n${lonePod}`),
      run('apply -f -', `${daemonSet('second', 'second:v1')}---\n${deployment('web:2')}---\n${lonePod}`),
      run('apply -f -', statefulSet),
      run('apply -f - --validate=warn', daemonSet('second', 'second:v1', '      hostnetwork: true\n')),
      run('apply -f - --validate=strict', daemonSet('second', 'second:v1', '      hostnetwork: true\n')),
      run('apply -f - --validate=ignore', daemonSet('second', 'second:v1', '      hostnetwork: true\n')),
      run('apply view-last-applied ds second'),
      run('replace -f -', daemonSet('agent', 'agent:v1')),
      run('create -f -', daemonSet('agent', 'agent:v1')),
      run('replace -f -', daemonSet('agent', 'agent:v2')),
      run('replace --force -f -', daemonSet('agent', 'agent:v3')),
      run('delete -f -', daemonSet('agent', 'agent:v3')),
      run('delete -f -', daemonSet('agent', 'agent:v3')),
    ]),
    scenario('read', [
      ...lines(
        'get ds,deploy,rs,sts,pods,svc',
        'get all',
        'get all -A -o wide',
        'get nodes,ns,pc',
        'get ds agent -o yaml',
        'get ds agent -o json',
        'get ds -o name',
        'get pods -o wide --show-labels',
        'get pods -L app,zone --sort-by=.metadata.name',
        'get pods --sort-by=.spec.nodeName -o name',
        'get pods -l app=agent --no-headers',
        "get pods -l 'app in (agent, second),!nope'",
        "get pods -l 'app in'",
        'get pods --field-selector=spec.nodeName=w0,status.phase!=Failed',
        'get pods --field-selector=spec.nope=x',
        'get events --sort-by=.metadata.name',
        'get events -o wide',
        'events --for=ds/agent',
        'events --types=Warning',
        'get leases -A',
        'get controllerrevisions',
        'get ds nope',
        'get ds nope --ignore-not-found',
        'get ds/agent deploy/web pod/lone',
        'get nope',
        'get ds.v1.apps agent',
        'get nodes -o jsonpath=\'{range .items[*]}{.metadata.name}={.status.capacity.cpu}{"\\n"}{end}\'',
        'get nodes -o custom-columns=N:.metadata.name,Z:.metadata.labels.zone',
        'get ds -o go-template=\'{{range .items}}{{.metadata.name}} {{.status.numberReady}}{{"\\n"}}{{end}}\'',
        'get pods -n nope',
        'describe ds agent',
        'describe deploy web',
        'describe rs',
        'describe sts db',
        'describe pod lone',
        'describe pods -l app=agent',
        'describe node w0',
        'describe ns default',
        'describe nope',
        'describe ds nope',
      ),
    ]),
    scenario('metadata', [
      ...lines(
        'label node w1 disk=ssd',
        'label node w1 disk=hdd',
        'label node w1 disk=hdd --overwrite',
        'label node w0 w1 zone-',
        'label nodes --all x=y',
        'label ds agent bad/key/x=y',
        'label pod lone a=b -o name --dry-run=server',
        'annotate ds agent note=hello',
        'annotate ds agent note=other',
        'annotate ds agent note-',
        'annotate node nope a=b',
        'taint node w0 a=b:NoSchedule c=d:PreferNoSchedule',
        'taint node w0 a=b:NoSchedule',
        'taint node w0 a:NoSchedule- nope-',
        'taint nodes w0 c-',
        'taint node w0 a=b:Nope',
        'cordon w0',
        'cordon w0 nope',
        'uncordon w0 w1',
      ),
    ]),
    scenario('workloads', [
      ...lines(
        'set image ds/agent agent=agent:v2',
        'set image ds/agent nope=x',
        'set image ds/agent *=agent:v3 --record=false',
        'set env ds/agent A=1 B=2',
        'set env ds/agent --list',
        'set env ds/agent A-',
        'set resources ds/agent --requests=cpu=10m --limits=cpu=20m',
        'rollout status ds/agent',
        'rollout status deploy/web',
        'rollout status sts/db',
        'rollout history ds/agent',
        'rollout history ds/agent --revision=9',
        'rollout history deploy/web',
        'rollout undo ds/agent',
        'rollout undo ds/agent --to-revision=9',
        'rollout undo deploy/web',
        'rollout undo deploy/web --dry-run=server',
        'rollout restart ds/agent deploy/web',
        'rollout pause deploy/web',
        'rollout pause deploy/web',
        'rollout undo deploy/web',
        'rollout resume deploy/web',
        'rollout pause ds/agent',
        'set image deploy/web *=web:v7; kubectl rollout status deploy/web',
        'rollout status ds/nope',
        'scale deploy web --replicas=3',
        'scale deploy web --replicas=1 --current-replicas=9',
        'scale deploy/web sts/db --replicas=1',
        'scale ds agent --replicas=1',
      ),
    ]),
    scenario('patch-and-wait', [
      ...lines(
        'patch ds agent -p \'{"spec":{"minReadySeconds":1}}\'',
        'patch ds agent -p \'{"spec":{"minReadySeconds":1}}\'',
        'patch ds agent --type=merge -p \'{"metadata":{"labels":{"a":"b"}}}\'',
        `patch ds agent --type=json -p '[{"op":"replace","path":"/spec/minReadySeconds","value":0}]'`,
        `patch ds agent --type=json -p '[{"op":"test","path":"/spec/minReadySeconds","value":7}]'`,
        `patch ds agent --type=json -p '[{"op":"remove","path":"/spec/nope"}]'`,
        'patch ds agent -p \'{"spec":{"minReadySeconds":"x"}}\'',
        'patch ds agent -p \'{"spec":{"selector":{"matchLabels":{"x":"y"}}}}\'',
        'patch ds agent -p nope',
        'patch ds agent -p \'{"spec":{"nope":1}}\'',
        'patch ds agent --subresource=status --type=merge -p \'{"status":{"numberReady":0}}\'',
        'patch deploy web --subresource=scale --type=merge -p \'{"spec":{"replicas":2}}\'',
        'patch node w0 -p \'{"spec":{"unschedulable":true}}\' -o name',
        'uncordon w0',
        'wait --for=condition=Ready pod/lone --timeout=5s',
        'wait --for=condition=Ready node --all --timeout=5s',
        "wait --for=jsonpath='{.status.phase}'=Running pod/lone --timeout=5s",
        'wait --for=condition=Nope pod/lone --timeout=1s',
        'wait --for=delete pod/nope --timeout=1s',
      ),
    ]),
    scenario('create', [
      ...lines(
        'create ns team-a',
        'create ns team-a',
        'create deployment three --image=nginx --replicas=2 --port=80 -n team-a',
        'create deployment three --image=nginx -n team-a',
        'create priorityclass high --value=1000 --description=x',
        'create service clusterip three --tcp=80:8080 -n team-a',
        'get all,pc -n team-a',
        'run solo --image=nginx --labels=a=b',
        'run solo --image=nginx',
        'logs nope',
        'top nodes',
        'top pods -A --containers --sum',
        'api-resources',
        'api-resources --namespaced=false -o name',
        'version',
        'cluster-info',
      ),
    ]),
    scenario('drain-and-delete', [
      ...lines(
        'drain w1',
        'drain w1 --ignore-daemonsets --force',
        'uncordon w1',
        'drain w2 --ignore-daemonsets --delete-emptydir-data --force --disable-eviction',
        'uncordon w2',
        'drain nope',
        'delete pods -l app=agent --wait=false',
        'delete ds second --cascade=orphan',
        'get pods -l app=second',
        'delete pods -l app=second',
        'delete deploy web --cascade=foreground',
        'delete pod solo --force --grace-period=0',
        'delete pod solo --now',
        'delete ds agent --dry-run=server',
        'delete ds agent --grace-period=5',
        'delete ns team-a',
        'delete pc high -o name',
        'delete node w2',
        'delete all --all',
        'get all',
      ),
    ]),
  ].map((s) => [s.id, s]),
)
