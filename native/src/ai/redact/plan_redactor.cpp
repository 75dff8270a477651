#include "ai/redact/conversation.h"
#include "plan/walk.h"

namespace mydba::ai {
protocol::PlanTree redactedPlan(Draft& draft, Conversation& conversation,
                                const protocol::PlanTree& tree) {
  const auto sql = [&](const std::string& text) {
    return apart(draft, [&](Draft& own) { redactSql(own, conversation, text); });
  };
  const auto name = [&](const std::string& text, NameKind kind) {
    return apart(draft, [&](Draft& own) { redactName(own, conversation, text, kind); });
  };
  protocol::PlanTree redacted{.engine = tree.engine, .version = tree.version};
  redacted.sql = sql(tree.sql);
  redacted.analyzed = tree.analyzed;
  redacted.planningMs = tree.planningMs;
  redacted.executionMs = tree.executionMs;
  redacted.root = tree.root;
  plan::walk(redacted.root, [&](protocol::PlanNode& node, protocol::PlanNode*, int) {
    if (node.relation) node.relation = name(*node.relation, NameKind::table);
    if (node.alias) node.alias = name(*node.alias, NameKind::tableAlias);
    if (node.index) node.index = name(*node.index, NameKind::index);
    if (node.condition) node.condition = sql(*node.condition);
    if (node.filter) node.filter = sql(*node.filter);
    node.operation = apart(
        draft, [&](Draft& own) { redactProse(own, conversation, node.operation, Numbers::keep); });
    node.subplan.reset();
    node.span.reset();
    node.extra.clear();
    node.weighed.reset();
    node.workers.reset();
  });
  return redacted;
}

}  // namespace mydba::ai
