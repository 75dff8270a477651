#include <algorithm>
#include <cctype>

#include "ai/answers.h"
#include "ai/markdown.h"
#include "engines/engine.h"

namespace mydba::ai {
namespace {

using protocol::TreeNode;

constexpr int pageSize = 100;
/// Catalogue calls of one answer: enough for an overview, bounded on servers with many schemas.
constexpr int maximumCalls = 24;

bool isContainer(const TreeNode& node) {
  return node.kind == "database" || node.kind == "schema" || node.kind == "folder" ||
         node.kind == "namespace";
}

/// `describe the orders table` → `orders`: the last word that is not filler. An empty text stays
/// empty: that asks for the overview.
std::string subjectOf(std::string_view wanted) {
  std::string subject;
  std::string word;
  const auto close = [&] {
    std::string lower = word;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::string_view filler[] = {
        "describe", "the", "table", "view",  "of",    "show",   "me",      "schema",  "for",
        "what",     "is",  "in",    "about", "index", "please", "columns", "database"};
    if (!word.empty() && std::find(std::begin(filler), std::end(filler), lower) == std::end(filler))
      subject = word;
    word.clear();
  };
  for (const char c : wanted) {
    if (c == ' ' || c == '?' || c == '\t' || c == '\n' || c == '`' || c == '"')
      close();
    else
      word += c;
  }
  close();
  return subject;
}

/// Walks down the containers, the first of each level first, and keeps what is not a container.
Result<SchemaFacts> readOverview(Catalogue& catalogue, const CancelToken& cancel) {
  SchemaFacts facts;
  std::vector<std::vector<std::string>> open = {{}};
  for (int calls = 0; !open.empty() && calls < maximumCalls; ++calls) {
    const auto path = open.front();
    open.erase(open.begin());
    auto page = catalogue.children(path, std::nullopt, pageSize, cancel);
    if (!page) return page.error();
    SchemaFacts::Section section;
    section.more = page->cursor.has_value();
    for (TreeNode& node : page->nodes) {
      // The server's own catalogue is hundreds of rows, and would bury what is the user's.
      if (isContainer(node) && node.detail == "system") continue;
      // Of several databases the connected one comes first; the others stay closed.
      if (isContainer(node)) {
        if (node.kind != "database" || open.empty()) open.push_back(node.path);
      } else {
        section.nodes.push_back(std::move(node));
      }
    }
    if (section.nodes.empty()) continue;
    for (const auto& name : path) section.title += (section.title.empty() ? "" : " › ") + name;
    facts.sections.push_back(std::move(section));
  }
  return facts;
}

Result<SchemaFacts> readObject(Catalogue& catalogue, const std::string& subject,
                               const CancelToken& cancel) {
  auto found = catalogue.search(subject, 10, cancel);
  if (!found) return found.error();
  if (found->nodes.empty())
    return Error{.code = ErrorCode::invalidParams,
                 .message = "nothing is called like \"" + subject.substr(0, 200) + "\"",
                 .hint = "/schema alone lists what there is"};
  auto facts = readParts(catalogue, found->nodes.front(), cancel);
  if (facts) facts->otherMatches.assign(found->nodes.begin() + 1, found->nodes.end());
  return facts;
}

}  // namespace

Result<SchemaFacts> readParts(Catalogue& catalogue, const TreeNode& object,
                              const CancelToken& cancel) {
  SchemaFacts facts;
  for (const auto& name : object.path) facts.subject += (facts.subject.empty() ? "" : " › ") + name;
  if (!object.children) {
    facts.sections.push_back({object.kind, {object}, false});
    return facts;
  }
  auto parts = catalogue.children(object.path, std::nullopt, pageSize, cancel);
  if (!parts) return parts.error();
  SchemaFacts::Section own{"Columns", {}, parts->cursor.has_value()};
  std::vector<TreeNode> folders;
  for (TreeNode& node : parts->nodes)
    (node.kind == "folder" ? folders : own.nodes).push_back(std::move(node));
  if (!own.nodes.empty()) facts.sections.push_back(std::move(own));
  for (const TreeNode& folder : folders) {
    auto page = catalogue.children(folder.path, std::nullopt, pageSize, cancel);
    if (!page) return page.error();
    if (!page->nodes.empty())
      facts.sections.push_back({folder.name, std::move(page->nodes), page->cursor.has_value()});
  }
  return facts;
}

Result<SchemaFacts> readSchema(Catalogue& catalogue, std::string_view wanted,
                               const CancelToken& cancel) {
  const std::string subject = subjectOf(wanted);
  return subject.empty() ? readOverview(catalogue, cancel) : readObject(catalogue, subject, cancel);
}

std::string schemaAnswer(const SchemaFacts& facts) {
  std::string text;
  if (!facts.subject.empty()) text += "**" + escaped(facts.subject) + "**\n\n";
  if (facts.sections.empty()) text += "There is nothing in it yet.\n";
  for (const auto& section : facts.sections) {
    const bool hasDetails = std::any_of(section.nodes.begin(), section.nodes.end(),
                                        [](const TreeNode& node) { return !node.detail.empty(); });
    text += "**" + escaped(section.title) + "**\n\n";
    // The title says what they are; a chat is too narrow to say it in each row.
    if (hasDetails) text += "| name | |\n| --- | --- |\n";
    for (const TreeNode& node : section.nodes)
      text += hasDetails ? "| " + escaped(node.name) + " | " + escaped(node.detail) + " |\n"
                         : "- " + escaped(node.name) + "\n";
    text += section.more ? "\n… and more: see the sidebar.\n\n" : "\n";
  }
  if (!facts.otherMatches.empty()) {
    text += "Also found: ";
    for (std::size_t i = 0; i < facts.otherMatches.size(); ++i)
      text += (i ? ", " : "") + escaped(facts.otherMatches[i].name);
    text += ".\n";
  }
  return text;
}

}  // namespace mydba::ai
