import type { PodTemplateSpec } from '#k8s/types.ts'
import { DescribeWriter } from '../describe/describe-writer.ts'
import { writePodTemplate } from '../describe/pod-template.ts'

/** Keeps its tabs. */
class TabbedWriter extends DescribeWriter {
  private text = ''

  override write(level: number, text: string): void {
    this.text += '  '.repeat(level) + text
  }

  override toString(): string {
    return this.text
  }
}

/** A pod template as `rollout history --revision` shows it: columns are separated by tabs. @source polymorphichelpers printTemplate */
export function describeTemplate(template: PodTemplateSpec): string {
  const writer = new TabbedWriter()
  writePodTemplate(writer, template)
  return writer.toString()
}
