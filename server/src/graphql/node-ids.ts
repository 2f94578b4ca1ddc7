import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { keyTextOf } from './nodes.ts';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Pothos takes its plugins from there.
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      nodeIds: NodeIdsPlugin<Types>;
    }
  }
}

/**
 * Gives the global id of a node at once. The relay plugin makes a promise of each, for which a list waits once an
 * item, and an event of a subscription, which would have nothing to wait for, as often as it has subscribers.
 */
export class NodeIdsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { kind, name, parentType } = field;
    const textOf = kind === 'Object' && name === 'id' ? keyTextOf(parentType) : null;
    if (!textOf) return field;
    return { ...field, resolve: (record) => encodeGlobalID(parentType, textOf(record as never)) };
  }
}

SchemaBuilder.registerPlugin('nodeIds', NodeIdsPlugin);

export default 'nodeIds' as const;
