#include "guard/checks.h"

#include <algorithm>

namespace mydba::guard {
namespace {

using enum Risk;
using enum Nature;

constexpr auto A = Decision::allow;
constexpr auto C = Decision::confirm;
constexpr auto B = Decision::block;

// The contract is the table "What the guard decides" of the command line's documentation. Where it
// leaves a choice for production (confirm or block), what can be taken back or concerns one session
// is confirmed; what changes structure, users, settings, files or programs is blocked.
constexpr Check table[] = {
    {"alter",
     "ALTER changes the structure of {} and may rewrite or lock it",
     high,
     {C, C, B, C},
     destruction},
    {"call",
     "{} is a stored program; what it changes is not in this text",
     medium,
     {C, C, C, C},
     change},
    {"cartesian-product",
     "tables are joined without a condition: every row with every row",
     medium,
     {A, A, A, A},
     notice},
    {"comment-swallows-quote",
     "the comment at the end swallows a quote, as an injected text does to hide the rest",
     medium,
     {A, A, A, A},
     notice},
    {"create", "creates {}", medium, {A, A, C, C}, change},
    {"create-or-replace-table",
     "drops the table {} and its rows if it exists",
     critical,
     {C, C, B, C},
     destruction},
    {"database-file", "changes the database file or its journal: {}", high, {C, C, B, C}, change},
    {"definition", "{} changes a definition", medium, {C, C, C, C}, change},
    {"delete", "DELETE removes rows of {}", high, {A, C, B, C}, destruction},
    {"delete-always-true",
     "the WHERE is always true, so DELETE removes every row of {}",
     critical,
     {C, C, B, C},
     destruction},
    {"delete-without-where",
     "DELETE without a WHERE removes every row of {}",
     critical,
     {C, C, B, C},
     destruction},
    {"do", "DO runs code whose effect is not known", medium, {C, C, C, C}, change},
    {"do-destroys",
     "the block of code uses {}, which removes or changes what is stored",
     critical,
     {C, C, B, C},
     destruction},
    {"drop", "{} is removed with all that is in it", critical, {C, C, B, C}, destruction},
    {"endless-reply",
     "{} never ends its reply, or gives none, which blocks this connection",
     medium,
     {C, C, C, C},
     change},
    {"explain-runs",
     "EXPLAIN ANALYZE runs the statement, and what it changes is not known",
     medium,
     {C, C, C, C},
     change},
    {"files", "reads or writes a file: {}", high, {C, C, B, C}, change},
    {"flush", "{} removes everything of its kind", critical, {C, C, B, C}, destruction},
    {"injection-shape",
     "the filter is always true in a way that injected text has: OR '1'='1'",
     medium,
     {C, C, C, C},
     notice},
    {"insert", "INSERT adds rows to {}", medium, {A, A, A, A}, change},
    {"large-object", "{} writes a large object or holds it open", medium, {C, C, C, C}, change},
    {"lifts-read-only",
     "{} could lift the read-only state of the session",
     low,
     {A, A, A, A},
     lifting},
    {"locks", "{} takes locks that make others wait", medium, {C, C, C, C}, change},
    {"maintenance",
     "{} rewrites or checks what is stored and may lock it meanwhile",
     medium,
     {C, C, C, C},
     change},
    {"many-rows",
     "INSERT adds more rows to {} than the limit allows at once",
     medium,
     {A, A, C, C},
     change},
    {"merge", "MERGE adds and changes rows of {}", medium, {A, A, C, C}, change},
    {"not-understood",
     "cannot be understood, so nothing is known of what it does: {}",
     medium,
     {C, C, C, C},
     change},
    {"other-hosts", "{} connects to another server and works there", high, {C, C, B, C}, change},
    {"other-sessions", "{} ends, wakes or disturbs other sessions", medium, {C, C, C, C}, change},
    {"prepared", "runs a statement whose text is not here", medium, {C, C, C, C}, change},
    {"privileges", "{} changes who may do what", high, {C, C, B, C}, change},
    {"programs", "{} runs a program or loads code on the server", high, {C, C, B, C}, change},
    {"read", "reads", low, {A, A, A, A}, notice},
    {"remove-key", "{} removes keys or what is in them", high, {A, C, B, C}, destruction},
    {"rename", "{} moves or overwrites what others know by its name", medium, {C, C, C, C}, change},
    {"replace",
     "REPLACE overwrites rows of {} that have the same key",
     medium,
     {C, C, C, C},
     change},
    {"risky-setting",
     "{} switches off a protection for this session",
     medium,
     {C, C, C, C},
     change},
    {"row-lock",
     "locks the rows that it reads until the transaction ends",
     low,
     {A, A, A, A},
     change},
    {"runs-text", "{} runs SQL that is given as a text", high, {C, C, B, C}, change},
    {"script",
     "{} runs a program on the server; what it changes is not known",
     medium,
     {C, C, C, C},
     change},
    {"sequence", "{} moves a sequence, which no rollback takes back", medium, {C, C, C, C}, change},
    {"server", "{} concerns the whole server", high, {C, C, B, C}, change},
    {"server-files", "{} reads or writes files of the server", high, {C, C, B, C}, change},
    {"server-settings", "{} changes a setting of the whole server", high, {C, C, B, C}, change},
    {"session", "changes this session only", low, {A, A, A, A}, session},
    {"session-setting",
     "{} sets a parameter of the session, be it the one that keeps it read-only",
     medium,
     {C, C, C, C},
     change},
    {"system-tables",
     "writes to {}, which the server keeps for itself",
     high,
     {C, C, B, C},
     change},
    {"truncate", "TRUNCATE removes every row of {}", critical, {C, C, B, C}, destruction},
    {"union-secret",
     "a UNION reads the column {} of another table, as injected text does",
     medium,
     {A, A, A, A},
     notice},
    {"unproven-function",
     "nothing proves that the function {} only reads",
     medium,
     {C, C, C, C},
     change},
    {"update", "UPDATE changes rows of {}", medium, {A, A, C, C}, change},
    {"update-always-true",
     "the WHERE is always true, so UPDATE changes every row of {}",
     critical,
     {C, C, B, C},
     destruction},
    {"update-without-where",
     "UPDATE without a WHERE changes every row of {}",
     critical,
     {C, C, B, C},
     destruction},
    {"users", "{} changes users, or who this session is", medium, {C, C, C, C}, change},
    {"users-changed", "changes the user or role {}", high, {C, C, B, C}, change},
    {"waits", "{} holds the session and its locks", medium, {C, C, C, C}, change},
    {"whole-keyspace",
     "{} walks all keys while every other client waits; SCAN does not",
     medium,
     {A, A, A, A},
     notice},
    {"write-key", "{} writes keys", medium, {A, A, C, C}, change},
};

constexpr bool sorted() {
  for (std::size_t i = 1; i < std::size(table); ++i)
    if (!(table[i - 1].id < table[i].id)) return false;
  return true;
}
static_assert(sorted(), "findCheck searches the table by halves");

}  // namespace

std::span<const Check> checks() { return table; }

const Check* findCheck(std::string_view id) {
  const auto found = std::lower_bound(
      std::begin(table), std::end(table), id,
      [](const Check& check, std::string_view wanted) { return check.id < wanted; });
  return found != std::end(table) && found->id == id ? found : nullptr;
}

namespace {

bool asksAbout(const Check& check, const Policy& policy) {
  if (!policy.safeMode) return false;
  for (const std::string_view id :
       {"delete-always-true", "delete-without-where", "update-always-true", "update-without-where"})
    if (check.id == id) return policy.warnMissingWhere;
  return check.nature != Nature::destruction || policy.confirmDestructive;
}

}  // namespace

Decision decide(const Check& check, const Policy& policy) {
  if (policy.readOnly && check.nature >= Nature::lifting) return Decision::block;
  const bool prod = policy.environment == Environment::prod;
  if (!prod && !asksAbout(check, policy)) return Decision::allow;
  return check
      .decisions[prod && policy.allowDestructive ? 3
                                                 : static_cast<std::size_t>(policy.environment)];
}

}  // namespace mydba::guard
