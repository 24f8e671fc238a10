import ts from 'typescript';

/**
 * The same types with alternatives and members of object types in the order of their text: the compiler writes inferred ones in the order in which
 * it met them, which is another one when a build is incremental.
 */
export function inOrder(node, textOf) {
  const sorted = (nodes) => {
    const texts = new Map(nodes.map((member) => [member, textOf(member).replace(/^null$/, '~')]));
    return nodes.toSorted((a, b) => (texts.get(a) < texts.get(b) ? -1 : 1));
  };
  const { transformed } = ts.transform(node, [
    (context) => {
      const visit = (original) => {
        const inner = ts.visitEachChild(original, visit, context);
        if (ts.isUnionTypeNode(inner)) return context.factory.createUnionTypeNode(sorted(inner.types));
        if (ts.isTypeLiteralNode(inner)) return context.factory.createTypeLiteralNode(sorted(inner.members));
        return inner;
      };
      return visit;
    },
  ]);
  return transformed[0];
}
