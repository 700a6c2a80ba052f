/**
 * What a description says of each volume source: its type, then its lines as `Label: field`, in the order in which kubectl looks for a source.
 * Behind a field: `?` = yes or no, `#` = a number, `[` = a Go slice, `,` = a list with commas, `{` = a Go map, `&` = a reference to a Secret,
 * `=text` = shown when not set.
 * @source kubectl/pkg/describe describeVolumes
 */
export const volumeSources: Readonly<Record<string, readonly [type: string, lines: string]>> = {
  hostPath: ['HostPath (bare host directory volume)', 'Path: path; HostPathType: type=<none>'],
  emptyDir: ["EmptyDir (a temporary directory that shares a pod's lifetime)", 'Medium: medium'],
  gcePersistentDisk: [
    'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    'PDName: pdName; FSType: fsType; Partition: partition#; ReadOnly: readOnly?',
  ],
  awsElasticBlockStore: [
    'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    'VolumeID: volumeID; FSType: fsType; Partition: partition#; ReadOnly: readOnly?',
  ],
  gitRepo: ['GitRepo (a volume that is pulled from git when the pod is created)', 'Repository: repository; Revision: revision'],
  secret: ['Secret (a volume populated by a Secret)', 'SecretName: secretName; Optional: optional?'],
  configMap: ['ConfigMap (a volume populated by a ConfigMap)', 'Name: name; Optional: optional?'],
  nfs: ['NFS (an NFS mount that lasts the lifetime of a pod)', 'Server: server; Path: path; ReadOnly: readOnly?'],
  iscsi: [
    "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    'TargetPortal: targetPortal; IQN: iqn; Lun: lun#; ISCSIInterface iscsiInterface; FSType: fsType; ReadOnly: readOnly?; Portals: portals[; ' +
      'DiscoveryCHAPAuth: chapAuthDiscovery?; SessionCHAPAuth: chapAuthSession?; SecretRef: secretRef&; InitiatorName: initiatorName=<none>',
  ],
  glusterfs: ["Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)", 'EndpointsName: endpoints; Path: path; ReadOnly: readOnly?'],
  persistentVolumeClaim: [
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    'ClaimName: claimName; ReadOnly: readOnly?',
  ],
  ephemeral: ['EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)', ''],
  rbd: [
    "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    'CephMonitors: monitors[; RBDImage: image; FSType: fsType; RBDPool: pool; RadosUser: user; Keyring: keyring; SecretRef: secretRef&; ' +
      'ReadOnly: readOnly?',
  ],
  quobyte: ["Quobyte (a Quobyte mount on the host that shares a pod's lifetime)", 'Registry: registry; Volume: volume; ReadOnly: readOnly?'],
  downwardAPI: ['DownwardAPI (a volume populated by information about the pod)', ''],
  azureDisk: [
    'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    'DiskName: diskName; DiskURI: diskURI; Kind:  kind; FSType: fsType; CachingMode: cachingMode; ReadOnly: readOnly?',
  ],
  vsphereVolume: [
    'vSphereVolume (a Persistent Disk resource in vSphere)',
    'VolumePath: volumePath; FSType: fsType; StoragePolicyName: storagePolicyName',
  ],
  cinder: ['Cinder (a Persistent Disk resource in OpenStack)', 'VolumeID: volumeID; FSType: fsType; ReadOnly: readOnly?; SecretRef: secretRef&'],
  photonPersistentDisk: ['PhotonPersistentDisk (a Persistent Disk resource in photon platform)', 'PdID: pdID; FSType: fsType'],
  portworxVolume: ['PortworxVolume (a Portworx Volume resource)', 'VolumeID: volumeID'],
  scaleIO: [
    'ScaleIO (a persistent volume backed by a block device in ScaleIO)',
    'Gateway: gateway; System: system; Protection Domain: protectionDomain; Storage Pool: storagePool; Storage Mode: storageMode; ' +
      'VolumeName: volumeName; FSType: fsType; ReadOnly: readOnly?',
  ],
  cephfs: [
    "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    'Monitors: monitors[; Path: path; User: user; SecretFile: secretFile; SecretRef: secretRef&; ReadOnly: readOnly?',
  ],
  storageos: [
    'StorageOS (a StorageOS Persistent Disk resource)',
    'VolumeName: volumeName; VolumeNamespace: volumeNamespace; FSType: fsType; ReadOnly: readOnly?',
  ],
  fc: ['FC (a Fibre Channel disk)', 'TargetWWNs: targetWWNs,; LUN: lun=<none>; FSType: fsType; ReadOnly: readOnly?'],
  azureFile: [
    'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    'SecretName: secretName; ShareName: shareName; ReadOnly: readOnly?',
  ],
  flexVolume: [
    'FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)',
    'Driver: driver; FSType: fsType; SecretRef: secretRef&; ReadOnly: readOnly?; Options: options{',
  ],
  flocker: ['Flocker (a Flocker volume mounted by the Flocker agent)', 'DatasetName: datasetName; DatasetUUID: datasetUUID'],
  projected: ['Projected (a volume that contains injected data from multiple sources)', ''],
  csi: ['CSI (a Container Storage Interface (CSI) volume source)', 'Driver: driver; FSType: fsType; ReadOnly: readOnly?'],
  image: ['Image (a container image or OCI artifact)', 'Reference: reference; PullPolicy: pullPolicy'],
}

/** What a projected volume says about each of its sources, as above. */
export const projections: readonly (readonly [source: string, lines: string])[] = [
  ['secret', 'SecretName: name; Optional: optional?'],
  ['downwardAPI', ''],
  ['configMap', 'ConfigMapName: name; Optional: optional?'],
  ['serviceAccountToken', 'TokenExpirationSeconds: expirationSeconds'],
]
