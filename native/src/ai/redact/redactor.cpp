#include "ai/redact/redactor.h"

#include <utility>

#include "ai/redact/schema_redactor.h"
#include "base/utf8.h"
#include "plan/text_tree.h"
#include "plan/walk.h"

namespace mydba::ai {

Redactor::Redactor(NamePolicy names, const sql::Dialect& dialect) {
  conversation_.names = names;
  conversation_.dialect = &dialect;
}

void Redactor::hide(const std::vector<std::string>& words) {
  constexpr std::size_t telling = 3;
  for (const std::string& word : words)
    if (word.size() >= telling) conversation_.privateWords.push_back(word);
}

RedactedText Redactor::sql(std::string_view text) {
  Draft draft{.ofUser = true};
  if (validUtf8(text))
    redactSql(draft, conversation_, text);
  else
    draft.leaveOut("a statement that is not UTF-8");
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

RedactedText Redactor::prose(std::string_view text) {
  Draft draft{.ofUser = true};
  redactProse(draft, conversation_, text);
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

RedactedText Redactor::error(const Error& error, std::string_view statement) {
  Draft draft;
  redactError(draft, conversation_, error, statement);
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

RedactedText Redactor::plan(const protocol::PlanTree& tree,
                            const std::vector<protocol::Finding>& findings) {
  Draft draft;
  const protocol::PlanTree redacted = redactedPlan(draft, conversation_, tree);
  draft.text = plan::textTree(redacted, {});
  std::vector<std::string> quoted{tree.sql};
  plan::walk(tree.root, [&](const protocol::PlanNode& node, const protocol::PlanNode*, int) {
    for (const auto* text : {&node.condition, &node.filter})
      if (*text) quoted.push_back(**text);
  });
  for (const protocol::Finding& finding : findings)
    redactFinding(draft, conversation_, finding, quoted);
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

RedactedText Redactor::findings(const std::vector<protocol::Finding>& findings,
                                std::string_view statement) {
  Draft draft;
  const std::string quoted(statement);
  for (const protocol::Finding& finding : findings)
    redactFinding(draft, conversation_, finding, {&quoted, 1});
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

RedactedText Redactor::schema(const std::vector<SchemaPart>& parts, SchemaExtent extent) {
  Draft draft;
  redactSchema(draft, conversation_, parts, extent);
  return RedactedText(std::move(draft.text), std::move(draft.masked));
}

}  // namespace mydba::ai
