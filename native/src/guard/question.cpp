#include "guard/question.h"

#include <algorithm>
#include <utility>

#include "guard/checks.h"
#include "guard/wording.h"
#include "sql/keyword.h"

namespace mydba::guard {
namespace {

using sql::StatementKind;

// Sentences are sorted by these: what is gone for good stands before what is in the way.
enum Weight : int { lost = 0, final = 1, refused = 2, blocked = 3, heavy = 4, aside = 5 };

struct Sentence {
  int weight;
  std::string text;
};
using Sentences = std::vector<Sentence>;

std::string nameOf(const sql::ObjectName& name) {
  return shown(name.schema.empty() ? name.name : name.schema + "." + name.name);
}

/// The first table that the statement writes; empty when there is none.
std::string target(const sql::Statement& statement) {
  const auto written = std::find_if(statement.tables.begin(), statement.tables.end(),
                                    [](const sql::TableUse& use) { return use.written; });
  return written == statement.tables.end() ? std::string() : nameOf(written->table);
}

/// `the table orders`, `the views a and b`.
std::string defined(const sql::Definition& definition) {
  std::vector<std::string> names;
  for (const auto& object : definition.objects) names.push_back(nameOf(object));
  const bool several = names.size() > 1;
  std::string text =
      "the " + (several ? plural(definition.objectType) : std::string(definition.objectType));
  if (!names.empty()) text += " " + listed(names, static_cast<std::int64_t>(names.size()));
  return text;
}

/// `Delete every row of orders`, `Change 5,000 rows of orders`.
std::string changeTitle(const sql::Statement& statement, const Impact& impact,
                        std::string_view verb) {
  std::string title(verb);
  const bool exact = impact.affected && impact.affected->certainty == Certainty::exact;
  if (statement.filter != sql::Filter::effective)
    title += " every row";
  else if (exact)
    title += " " + counted(impact.affected->count, impact.affected->noun);
  else
    title += " rows";
  const std::string table = target(statement);
  return table.empty() ? title : title + " of " + table;
}

std::string titleOf(const sql::Statement& statement, const Impact& impact) {
  const auto& definition = statement.definition;
  const std::string table = target(statement);
  switch (statement.kind) {
    case StatementKind::remove: return changeTitle(statement, impact, "Delete");
    case StatementKind::update: return changeTitle(statement, impact, "Change");
    case StatementKind::insert:
      if (!table.empty()) return "Add rows to " + table;
      break;
    case StatementKind::replace:
      if (!table.empty()) return "Add or overwrite rows of " + table;
      break;
    case StatementKind::merge:
      if (!table.empty()) return "Add, change or delete rows of " + table;
      break;
    case StatementKind::truncate:
      if (definition) return "Remove every row of " + defined(*definition);
      break;
    case StatementKind::drop:
      if (definition) return "Drop " + defined(*definition);
      break;
    case StatementKind::create:
      if (definition)
        return (definition->orReplace ? "Create or replace " : "Create ") + defined(*definition);
      break;
    case StatementKind::alter:
      if (definition) return "Alter " + defined(*definition);
      break;
    case StatementKind::rename:
      if (definition) return "Rename " + defined(*definition);
      break;
    default: break;
  }
  std::string title =
      "Run " + sql::upperCase(shown(statement.verb.empty() ? "this" : statement.verb));
  return table.empty() ? title : title + " on " + table;
}

/// `will be removed`: what happens to the affected rows.
std::string_view fate(const sql::Statement& statement) {
  switch (statement.kind) {
    case StatementKind::insert: return "will be added";
    case StatementKind::update: return "will be changed";
    case StatementKind::replace:
    case StatementKind::merge: return "will be added or overwritten";
    case StatementKind::remove:
    case StatementKind::truncate:
    case StatementKind::drop:
    case StatementKind::command: return "will be removed";
    default: return "will be concerned";
  }
}

bool losesRows(const sql::Statement& statement) {
  return fate(statement) == "will be removed" || statement.kind == StatementKind::update;
}

void addAffected(const sql::Statement& statement, const Impact& impact, Sentences& out) {
  if (!impact.affected) return;
  const Affected& affected = *impact.affected;
  std::string text;
  if (affected.certainty == Certainty::atLeast) text = "More than ";
  if (affected.certainty == Certainty::estimated) text = "About ";
  const bool several = impact.tables.size() != 1 || !impact.tables[0].rows ||
                       *impact.tables[0].rows < affected.count;
  if (several || statement.kind == StatementKind::insert) {
    text += counted(affected.count, affected.noun);
  } else {
    const TableSize& table = impact.tables[0];
    const bool approximate = !table.rowsExact && affected.certainty == Certainty::exact;
    text += grouped(affected.count) + " of " + (approximate ? "about " : "") +
            counted(*table.rows, affected.noun);
  }
  text += " " + std::string(fate(statement)) + ".";
  out.push_back({losesRows(statement) && affected.count > 0 ? lost : aside, std::move(text)});
}

/// What is dropped hangs on a table, which stays.
bool keepsRows(const sql::Statement& statement) {
  constexpr std::string_view appendages[] = {"index", "trigger", "policy", "rule"};
  const auto& definition = statement.definition;
  return definition && std::find(std::begin(appendages), std::end(appendages),
                                 definition->objectType) != std::end(appendages);
}

/// What goes with a dropped or emptied table.
void addTables(const sql::Statement& statement, const Impact& impact, Sentences& out) {
  if (statement.kind != StatementKind::drop && statement.kind != StatementKind::truncate) return;
  for (const TableSize& table : impact.tables) {
    if (!table.rows && !table.bytes) continue;
    std::string text = shown(table.name) + " holds ";
    if (table.rows) text += (table.rowsExact ? "" : "about ") + counted(*table.rows, "row");
    if (table.rows && table.bytes) text += " in ";
    if (table.bytes) text += humanSize(*table.bytes);
    if (keepsRows(statement))
      out.push_back({aside, text + "; its rows stay."});
    else
      out.push_back({table.rows == 0 ? aside : lost, text + "; all of it goes."});
  }
}

void addLocks(const Impact& impact, Sentences& out) {
  for (const TableLock& lock : impact.locks) {
    if (!lock.blocksReads && !lock.blocksWrites) continue;
    std::string text = shown(lock.table) + " is locked against ";
    text += lock.blocksReads && lock.blocksWrites ? "reads and writes"
            : lock.blocksReads                    ? "reads"
                                                  : "writes";
    text += lock.brief ? " for a moment, which begins once every open transaction on it has ended"
                       : " until it ends";
    if (!lock.mode.empty()) text += " (" + lock.mode + ")";
    out.push_back({lock.blocksReads && !lock.brief ? blocked : heavy, text + "."});
  }
}

std::optional<std::int64_t> bytesOf(const Impact& impact, std::string_view table) {
  for (const TableSize& size : impact.tables)
    if (size.name == table) return size.bytes;
  return std::nullopt;
}

void addWork(const Impact& impact, Sentences& out) {
  for (const TableWork& work : impact.work) {
    const auto bytes = bytesOf(impact, work.table);
    std::string text = "The table " + shown(work.table);
    if (bytes) text += " (" + humanSize(*bytes) + ")";
    switch (work.kind) {
      case TableWork::Kind::scan: text += " is read whole."; break;
      case TableWork::Kind::buildIndex: text += " is read whole to build the index."; break;
      case TableWork::Kind::rewrite: text += " is written anew."; break;
    }
    out.push_back({heavy, std::move(text)});
  }
}

Sentence sentenceOf(const Dependants& group) {
  using Effect = Dependants::Effect;
  const bool one = group.count == 1;
  const std::string what = counted(group.count, group.what);
  const std::string names =
      group.names.empty() ? std::string(".") : ": " + listed(group.names, group.count) + ".";
  switch (group.effect) {
    case Effect::isDropped: return {lost, what + (one ? " goes" : " go") + " with it" + names};
    case Effect::losesRows: return {lost, "Rows of other tables go too, through " + what + names};
    case Effect::losesMembers: return {lost, what + (one ? " goes" : " go") + " with it" + names};
    case Effect::changesRows:
      return {lost, "Rows of other tables change too, through " + what + names};
    case Effect::refuses:
      return {refused, "The server may refuse it: " + what + (one ? " depends" : " depend") +
                           " on it" + names};
    case Effect::breaks: return {refused, what + (one ? " breaks" : " break") + names};
    case Effect::fires: return {heavy, what + (one ? " runs" : " run") + " for it" + names};
  }
  return {aside, what};
}

std::vector<std::string> sorted(Sentences sentences) {
  std::stable_sort(sentences.begin(), sentences.end(),
                   [](const Sentence& a, const Sentence& b) { return a.weight < b.weight; });
  std::vector<std::string> texts;
  for (Sentence& sentence : sentences) texts.push_back(std::move(sentence.text));
  return texts;
}

/// Reasons are parts of sentences: `DELETE removes rows of t`. A name keeps its first letter.
std::string asSentence(const Reason& reason) {
  std::string sentence = reason.message;
  const Check* check = findCheck(reason.id);
  const bool name = check && check->message.starts_with("{}");
  if (!name && !sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  return sentence + ".";
}

}  // namespace

Question questionOf(const sql::Statement& statement, const Verdict& verdict, const Impact& impact) {
  Question question{.title = titleOf(statement, impact) + "?", .alternatives = impact.alternatives};
  Sentences sentences;
  addAffected(statement, impact, sentences);
  addTables(statement, impact, sentences);
  for (const Dependants& group : impact.dependants)
    if (group.count > 0) sentences.push_back(sentenceOf(group));
  if (impact.irreversible)
    sentences.push_back({final, "This cannot be rolled back: " + *impact.irreversible + "."});
  addLocks(impact, sentences);
  addWork(impact, sentences);
  for (const std::string& note : impact.notes) sentences.push_back({aside, note});
  for (const std::string& gap : impact.unavailable) sentences.push_back({aside, gap});
  question.impact = sorted(std::move(sentences));
  for (const Reason& reason : verdict.reasons) question.reasons.push_back(asSentence(reason));
  return question;
}

}  // namespace mydba::guard
