#include "ai/redact/catalogue_redactor.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "ai/redact/schema_redactor.h"
#include "base/embedded.h"

namespace mydba::ai {
namespace {

constexpr std::string_view arrow = " › ";
constexpr std::string_view separator = " · ";

struct CatalogueWords {
  std::unordered_map<std::string_view, NameKind> folders;
  std::unordered_map<std::string_view, NameKind> kinds;
  std::unordered_set<std::string_view> facts;
  std::unordered_set<std::string_view> methods;
};

NameKind nameKind(std::string_view word) {
  if (word == "schema") return NameKind::schema;
  if (word == "table") return NameKind::table;
  if (word == "column") return NameKind::column;
  if (word == "index") return NameKind::index;
  return word == "function" ? NameKind::function : NameKind::other;
}

std::vector<std::string_view> split(std::string_view text, std::string_view by) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(by);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + by.size());
  }
}

CatalogueWords read(std::string_view text) {
  CatalogueWords words;
  std::string_view section;
  for (const std::string_view line : split(text, "\n")) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t equals = line.find('=');
    const std::string_view word = line.substr(0, equals);
    if (line[0] == '[')
      section = line;
    else if (section == "[fact]")
      words.facts.insert(line);
    else if (section == "[method]")
      words.methods.insert(line);
    else
      (section == "[folder]" ? words.folders : words.kinds)
          .emplace(word, nameKind(line.substr(equals + 1)));
  }
  return words;
}

const CatalogueWords& words() {
  static const CatalogueWords all = read(embeddedFile("native/src/ai/data/catalogue_words.txt"));
  return all;
}

std::optional<NameKind> folderKind(std::string_view title) {
  const auto found = words().folders.find(title);
  return found == words().folders.end() ? std::nullopt : std::optional(found->second);
}

/// A folder makes names of a schema of the whole path; keys of a key-value server are below none.
template <typename Parts>
bool isOfSchema(const Conversation& conversation, const Parts& path) {
  if (conversation.dialect->lineCommands) return false;
  for (std::size_t i = 1; i < path.size(); ++i)
    if (folderKind(path[i])) return true;
  return false;
}

/// A name of a schema, or a database that has only a number.
template <typename Parts>
void redactPart(Draft& draft, Conversation& conversation, const Parts& path, std::size_t at) {
  const std::string_view part = path[at];
  if (!isOfSchema(conversation, path)) {
    const bool keys = conversation.dialect->lineCommands;
    const bool numbered = keys && at == 0 && part.starts_with("db") &&
                          part.find_first_not_of("0123456789", 2) == part.npos;
    if (numbered)
      draft.text += part;
    else if (path.size() == 1 && !keys)
      redactName(draft, conversation, part, NameKind::schema);
    else
      putValue(draft, conversation, ValueKind::text, part, part);
    return;
  }
  std::size_t folder = 1;
  while (!folderKind(path[folder])) ++folder;
  const bool afterFolder = at > 0 && folderKind(path[at - 1]) && at > folder;
  if (at >= folder && !afterFolder && folderKind(part))
    draft.text += part;
  else
    redactName(draft, conversation, part,
               at < folder   ? NameKind::schema
               : afterFolder ? *folderKind(path[at - 1])
                             : NameKind::column);
}

/// `~1000 rows`
bool isRowCount(std::string_view fact) {
  if (!fact.starts_with("~")) return false;
  const std::size_t digits = std::min(fact.find_first_not_of("0123456789", 1), fact.size());
  return digits > 1 && (fact.substr(digits) == " rows" || fact.substr(digits) == " row");
}

/// A fact that is made of names and expressions.
void redactFact(Draft& draft, Conversation& conversation, std::string_view fact) {
  constexpr std::string_view to = "→ ";
  if (const std::size_t at = fact.find(to); at != fact.npos) {
    redactSql(draft, conversation, fact.substr(0, at));
    draft.text += at > 0 ? " → " : "→ ";
    fact.remove_prefix(at + to.size());
  }
  // `btree (a, b)`
  const std::size_t blank = fact.find(" (");
  if (blank != fact.npos && words().methods.contains(fact.substr(0, blank))) {
    draft.text += fact.substr(0, blank + 1);
    fact.remove_prefix(blank + 1);
  }
  redactSql(draft, conversation, fact);
}

}  // namespace

void redactObjectName(Draft& draft, Conversation& conversation, std::string_view name,
                      std::string_view kind, std::span<const std::string> path) {
  if (path.size() == 1) return redactPart(draft, conversation, path, 0);
  const auto known = words().kinds.find(kind);
  if (known == words().kinds.end() || !isOfSchema(conversation, path))
    putValue(draft, conversation, ValueKind::text, name, name);
  else if (known->second == NameKind::function && name.find('(') != name.npos)
    redactSql(draft, conversation, name);
  else
    redactName(draft, conversation, name, known->second);
}

void redactPathPart(Draft& draft, Conversation& conversation, std::span<const std::string> path,
                    std::size_t at) {
  redactPart(draft, conversation, path, at);
}

void redactPathText(Draft& draft, Conversation& conversation, std::string_view text) {
  if (folderKind(text) || isObjectKind(text)) {
    draft.text += text;
    return;
  }
  const auto path = split(text, arrow);
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (i > 0) draft.text += arrow;
    redactPart(draft, conversation, path, i);
  }
}

void redactDetail(Draft& draft, Conversation& conversation, std::string_view detail,
                  std::string_view kind) {
  const bool column = kind == "column";
  const auto facts = split(detail, separator);
  bool first = true;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const std::string_view fact = facts[i];
    const bool listed = words().facts.contains(fact) || isRowCount(fact);
    // Behind the type of a column stand facts and its default.
    if (column && i > 0 && !listed) {
      ++draft.masked["left_out"];
      continue;
    }
    if (!first) draft.text += separator;
    first = false;
    if (listed)
      draft.text += fact;
    else if (column)
      redactType(draft, conversation, fact);
    else
      redactFact(draft, conversation, fact);
  }
}

bool isObjectKind(std::string_view kind) {
  return words().kinds.contains(kind) || kind == "folder" || kind == "namespace";
}

}  // namespace mydba::ai
