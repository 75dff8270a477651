#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "optimize/rewrite.h"
#include "sql/keyword.h"

namespace mydba::optimize {
namespace {

using std::chrono::year_month_day;

enum class Unit { day, month, year };

/// A column that is cut down to days, months or years before it is compared.
struct Wrapped {
  ExprId column = nothing;
  Unit unit = Unit::day;
  bool whole = false;  ///< the value it is compared with is a whole date, not `2025-03`
};

std::optional<Unit> unitOf(std::string_view format) {
  if (format == "%Y" || format == "YYYY") return Unit::year;
  if (format == "%Y-%m" || format == "YYYY-MM") return Unit::month;
  if (format == "%Y-%m-%d" || format == "%F" || format == "YYYY-MM-DD") return Unit::day;
  return std::nullopt;
}

std::optional<Wrapped> wrapped(const Context& context, ExprId id) {
  const Subject& subject = context.subject();
  const Expr& expr = subject.at(id);
  const auto column = [&](std::size_t at) {
    return at < expr.parts.size() && subject.is(expr.parts[at], Shape::column);
  };
  if (expr.shape == Shape::cast) {
    const bool written = expr.word == "CAST";
    const std::size_t type = expr.tokens.end - (written ? 2 : 1);
    if (!column(0) || (!written && !expr.word.empty()) || !subject.tokens().isWord(type, "DATE"))
      return std::nullopt;
    return Wrapped{expr.parts[0], Unit::day};
  }
  if (expr.shape != Shape::call) return std::nullopt;
  if (expr.parts.size() == 1 && column(0)) {
    if (expr.word == "DATE") return Wrapped{expr.parts[0], Unit::day};
    if (expr.word == "YEAR") return Wrapped{expr.parts[0], Unit::year};
    return std::nullopt;
  }
  if (expr.parts.size() != 2) return std::nullopt;
  const auto formatted = [&](std::size_t format) -> std::optional<Wrapped> {
    if (!subject.is(expr.parts[format], Shape::text) || !column(1 - format)) return std::nullopt;
    const auto unit = unitOf(subject.value(expr.parts[format]));
    return unit ? std::optional(Wrapped{expr.parts[1 - format], *unit}) : std::nullopt;
  };
  if (expr.word == "STRFTIME") return formatted(0);
  if (expr.word == "DATE_FORMAT" || expr.word == "TO_CHAR") return formatted(1);
  if (!column(1)) return std::nullopt;
  const std::string what = sql::lowerCase(subject.value(expr.parts[0]));
  if (expr.word == "EXTRACT" || expr.word == "DATE_PART")
    return what == "year" ? std::optional(Wrapped{expr.parts[1], Unit::year}) : std::nullopt;
  if (expr.word != "DATE_TRUNC") return std::nullopt;
  if (what == "day") return Wrapped{expr.parts[1], Unit::day, true};
  if (what == "month") return Wrapped{expr.parts[1], Unit::month, true};
  return what == "year" ? std::optional(Wrapped{expr.parts[1], Unit::year, true}) : std::nullopt;
}

/// `2025`, `2025-03`, `2025-03-14`: so many numbers, each with all its digits.
std::optional<year_month_day> readDate(std::string_view text, int numbers) {
  constexpr std::array<std::size_t, 3> sizes = {4, 7, 10};
  if (text.size() != sizes[static_cast<std::size_t>(numbers - 1)]) return std::nullopt;
  std::array<int, 3> values = {0, 1, 1};
  for (int i = 0; i < numbers; ++i) {
    const std::size_t start = i == 0 ? 0 : i == 1 ? 5 : 8;
    const char* end = text.data() + start + (i == 0 ? 4 : 2);
    const auto read =
        std::from_chars(text.data() + start, end, values[static_cast<std::size_t>(i)]);
    if (read.ec != std::errc() || read.ptr != end || (i > 0 && text[start - 1] != '-'))
      return std::nullopt;
  }
  const std::chrono::year year{values[0]};
  const std::chrono::month month{static_cast<unsigned>(values[1])};
  const std::chrono::day day{static_cast<unsigned>(values[2])};
  const year_month_day date{year, month, day};
  return date.ok() ? std::optional(date) : std::nullopt;
}

/// The first day of what a value stands for.
std::optional<year_month_day> firstDay(const Subject& subject, ExprId id, const Wrapped& wrapped) {
  if (subject.is(id, Shape::cast) && subject.at(id).parts.size() == 1) id = subject.at(id).parts[0];
  if (!subject.is(id, Shape::text) && !subject.is(id, Shape::number)) return std::nullopt;
  std::string text = subject.value(id);
  if (text.ends_with(" 00:00:00")) text.resize(10);
  const int numbers = wrapped.whole || wrapped.unit == Unit::day ? 3
                      : wrapped.unit == Unit::month              ? 2
                                                                 : 1;
  auto date = readDate(text, numbers);
  // date_trunc() gives nothing but beginnings.
  if (date && wrapped.unit != Unit::day && date->day() != std::chrono::day(1)) return std::nullopt;
  if (date && wrapped.unit == Unit::year && date->month() != std::chrono::January)
    return std::nullopt;
  return date;
}

year_month_day next(year_month_day date, Unit unit) {
  if (unit == Unit::day) return std::chrono::sys_days(date) + std::chrono::days(1);
  return unit == Unit::month ? date + std::chrono::months(1) : date + std::chrono::years(1);
}

std::string literal(year_month_day date) {
  char text[32];
  std::snprintf(text, sizeof text, "'%04d-%02u-%02u'", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

std::string flipped(std::string op) {
  if (op[0] == '<' && op != "<>")
    op[0] = '>';
  else if (op[0] == '>')
    op[0] = '<';
  return op;
}

std::string range(const Context& context, const Wrapped& side, const std::string& op,
                  year_month_day from, year_month_day to) {
  const std::string column = context.text(side.column);
  const std::string begin = literal(from), end = literal(next(to, side.unit));
  if (op == "=" || op == "==") return column + " >= " + begin + " AND " + column + " < " + end;
  if (op == ">=" || op == "<") return column + " " + op + " " + begin;
  if (op == "<=") return column + " < " + end;
  return op == ">" ? column + " >= " + end : std::string();
}

/// Empty when the test is of another kind.
std::string rewritten(const Context& context, const Expr& test, std::string& column) {
  const Subject& subject = context.subject();
  const bool between = test.shape == Shape::between && !test.negated && test.parts.size() == 3;
  const bool compares =
      test.shape == Shape::comparison && !test.quantified && test.parts.size() == 2;
  if (!between && !compares) return {};
  const auto left = wrapped(context, test.parts[0]);
  const auto side = left || between ? left : wrapped(context, test.parts[1]);
  if (!side) return {};
  column = context.text(side->column);
  const auto from = firstDay(subject, test.parts[left ? 1 : 0], *side);
  const auto to = between ? firstDay(subject, test.parts[2], *side) : from;
  if (!from || !to) return {};
  if (between)
    return column + " >= " + literal(*from) + " AND " + column + " < " +
           literal(next(*to, side->unit));
  return range(context, *side, left ? test.word : flipped(test.word), *from, *to);
}

std::vector<Draft> drafts(const Context& context) {
  Draft draft(context.subject());
  for (const Test& test : context.tests()) {
    std::string column;
    const std::string text = rewritten(context, context.subject().at(test.id), column);
    if (text.empty()) continue;
    draft.replace(test.id, test.amongOr ? "(" + text + ")" : text);
    draft.holdsWhile = column + " holds nothing but dates, or texts that begin with YYYY-MM-DD";
  }
  return {draft};
}

}  // namespace

extern const Rewrite dateRange{
    .title = "Compare the column itself with a range of dates",
    .why =
        "The function is computed for every row before its result is compared, so that no index "
        "on the column can find the rows.",
    .document = "all/sargable-conditions",
    .drafts = drafts};

}  // namespace mydba::optimize
