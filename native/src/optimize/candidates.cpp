#include "optimize/candidates.h"

#include <algorithm>

#include "advise/sql/lint.h"
#include "optimize/rewrite.h"
#include "rag/citation.h"

namespace mydba::optimize {

#define MYDBA_REWRITE(name) extern const Rewrite name;
#include "optimize/rewrites/rewrites.inc"
#undef MYDBA_REWRITE

namespace {

constexpr const Rewrite* rewrites[] = {
#define MYDBA_REWRITE(name) &name,
#include "optimize/rewrites/rewrites.inc"
#undef MYDBA_REWRITE
};

class Collection {
 public:
  explicit Collection(std::string_view original) : original_(original) {}

  void add(Candidate candidate) {
    const bool known = std::ranges::find(found_, candidate.sql, &Candidate::sql) != found_.end();
    if (!known && candidate.sql != original_) found_.push_back(std::move(candidate));
  }
  std::vector<Candidate> take() { return std::move(found_); }

 private:
  std::string_view original_;
  std::vector<Candidate> found_;
};

std::string fixed(std::string_view statement, const advise::Fix& fix) {
  std::string text(statement);
  for (auto edit = fix.edits.rbegin(); edit != fix.edits.rend(); ++edit)
    text.replace(edit->start, edit->end - edit->start, edit->text);
  return text;
}

std::vector<Candidate> rewritten(const Context& context) {
  std::vector<Candidate> found;
  for (const Rewrite* rewrite : rewrites)
    for (const Draft& draft : rewrite->drafts(context))
      if (!draft.empty())
        found.push_back({.title = std::string(rewrite->title),
                         .why = std::string(rewrite->why),
                         .citation = rag::cite(rewrite->document),
                         .sql = draft.text(),
                         .holdsWhile = draft.holdsWhile});
  return found;
}

/// EXISTS is a means of some rewrites. Where no index serves it, IN does.
std::vector<Candidate> gathered(const std::vector<Candidate>& found, const sql::Dialect& dialect,
                                const Definitions& definitions) {
  std::vector<Candidate> more;
  for (const Candidate& candidate : found) {
    const Subject subject(candidate.sql, dialect, std::nullopt);
    for (const Draft& draft : gatheredSubquery.drafts(Context(subject, definitions)))
      if (!draft.empty()) {
        more.push_back(candidate);
        more.back().title += "; then: " + std::string(gatheredSubquery.title);
        more.back().sql = draft.text();
      }
  }
  return more;
}

}  // namespace

std::vector<Candidate> candidates(std::string_view statement, const sql::Dialect& dialect,
                                  const Definitions& definitions) {
  Collection all(statement);
  const Subject subject(statement, dialect, std::nullopt);
  const Context context(subject, definitions);
  const bool query = !subject.queries().empty() && subject.facts().complete &&
                     subject.facts().kind == sql::StatementKind::select;
  if (!query || context.isVolatile()) return {};
  const auto found = rewritten(context);
  for (const auto& candidate : found) all.add(candidate);
  for (const auto& candidate : gathered(found, dialect, definitions)) all.add(candidate);
  for (const auto& finding : advise::lint(statement, dialect))
    if (finding.fix)
      all.add({.title = finding.fix->title,
               .why = finding.message,
               .citation = finding.citation,
               .sql = fixed(statement, *finding.fix),
               .holdsWhile = {}});
  return all.take();
}

}  // namespace mydba::optimize
