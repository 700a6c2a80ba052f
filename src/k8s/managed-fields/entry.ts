/** A set of fields: `{"f:spec": {"f:replicas": {}}}`; `.` stands for the field itself where there are fields below it. */
export type FieldsV1 = { [element: string]: FieldsV1 }

/** Which fields a manager owns, and since when. */
export interface ManagedFieldsEntry {
  apiVersion: string
  fieldsType: 'FieldsV1'
  fieldsV1: FieldsV1
  manager: string
  operation: 'Apply' | 'Update'
  subresource?: string
  time?: string
}
