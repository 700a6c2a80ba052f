/** Why a kubelet turns a pod away (KL-9.4). */
export interface Rejection {
  readonly reason: string
  readonly message: string
  /** Resources of which there is too little; only then may lower pods be sent away for a critical one. */
  readonly lacking?: readonly string[]
}
