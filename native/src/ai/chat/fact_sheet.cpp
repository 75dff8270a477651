#include "ai/chat/fact_sheet.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "rag/citation.h"
#include "rag/document.h"

namespace mydba::ai {
namespace {

constexpr std::array<ProgramText, 8> numbers = {"\n[1] ", "\n[2] ", "\n[3] ", "\n[4] ",
                                                "\n[5] ", "\n[6] ", "\n[7] ", "\n[8] "};
constexpr std::size_t longestPassage = 1200;

/// Our own documents word for word; those of the user's folder as what they are: prose with
/// secrets.
RedactedText passage(const rag::Hit& hit, Redactor& redactor) {
  if (!hit.anchor.starts_with("user:")) {
    // What a rule cites is a section: `postgres/query-plans#full-table-scan`.
    const auto [anchor, section] = rag::readAnchor(hit.anchor);
    const auto document = rag::findDocument(anchor);
    if (!document) return {};
    std::string_view words = document->text;
    if (!section.empty()) words = rag::sectionOf(*document, section).value_or(words);
    const std::string path = "rag-docs/" + std::string(document->anchor) + ".md";
    auto text = RedactedText::ofDocument(path, document->title);
    auto body = RedactedText::ofDocument(path, utf8Prefix(words, longestPassage));
    if (!text || !body) return {};
    return text->append(ProgramText("\n")).append(*body);
  }
  return redactor.prose(utf8Prefix(hit.text, longestPassage));
}

}  // namespace

RedactedText describe(const FactSheet& facts, Redactor& redactor, SchemaExtent extent) {
  RedactedText text;
  // Names first, so that prose and plans have them as the schema does.
  if (!facts.schema.empty() && extent != SchemaExtent::none)
    text.append(ProgramText("\nTables of this database:\n"))
        .append(redactor.schema(facts.schema, extent));
  if (facts.sql)
    text.append(ProgramText("\nThe statement:\n"))
        .append(redactor.sql(*facts.sql))
        .append(ProgramText("\n"));
  for (const auto& plan : facts.plans)
    text.append(ProgramText("\nIts plan, with what the rules find in it:\n"))
        .append(redactor.plan(plan.tree, plan.findings))
        .append(ProgramText("\n"));
  if (!facts.findings.empty())
    text.append(ProgramText("\nWhat was found out:\n"))
        .append(redactor.findings(facts.findings, facts.sql.value_or("")))
        .append(ProgramText("\n"));
  if (facts.error)
    text.append(ProgramText("\nThe server refused it:\n"))
        .append(redactor.error(*facts.error, facts.sql.value_or("")))
        .append(ProgramText("\n"));
  if (!facts.documents.empty()) text.append(ProgramText("\nDocuments:\n"));
  for (std::size_t i = 0; i < std::min(facts.documents.size(), numbers.size()); ++i)
    text.append(numbers[i]).append(passage(facts.documents[i], redactor)).append(ProgramText("\n"));
  return text;
}

}  // namespace mydba::ai
