#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  constexpr const char* message =
      "A hint binds the planner to what was best when it was written: give it statistics or an "
      "index, and keep the hint for the case that nothing else helps";
  for (const Query& query : subject.queries()) {
    for (const Source& source : query.sources) {
      if (source.hint != nothing) report.addToken(source.hint, message);
      if (source.joinAt != nothing && subject.tokens().is(source.joinAt, Keyword::straightJoin))
        report.addToken(source.joinAt, message);
    }
    for (const std::uint32_t option : query.options)
      if (subject.tokens().is(option, Keyword::straightJoin) ||
          subject.tokens().isWord(option, "SQL_BIG_RESULT") ||
          subject.tokens().isWord(option, "SQL_SMALL_RESULT"))
        report.addToken(option, message);
  }
}

}  // namespace

extern const SqlRule optimizerHintRule;
const SqlRule optimizerHintRule{.id = "optimizer-hint", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
