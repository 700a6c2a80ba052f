/** Of containers and of volumes that are images. */
export const pullPolicies = ['Always', 'IfNotPresent', 'Never']
