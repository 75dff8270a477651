#include "advise/sql/subject.h"

#include <algorithm>
#include <charconv>

#include "sql/keyword.h"

namespace mydba::advise {
namespace {

constexpr std::string_view aggregates[] = {"COUNT",
                                           "SUM",
                                           "AVG",
                                           "MIN",
                                           "MAX",
                                           "TOTAL",
                                           "GROUP_CONCAT",
                                           "STRING_AGG",
                                           "ARRAY_AGG",
                                           "JSON_AGG",
                                           "JSONB_AGG",
                                           "JSON_ARRAYAGG",
                                           "JSON_OBJECTAGG",
                                           "JSON_OBJECT_AGG",
                                           "JSONB_OBJECT_AGG",
                                           "JSON_GROUP_ARRAY",
                                           "JSON_GROUP_OBJECT",
                                           "BOOL_AND",
                                           "BOOL_OR",
                                           "EVERY",
                                           "BIT_AND",
                                           "BIT_OR",
                                           "BIT_XOR",
                                           "STD",
                                           "STDDEV",
                                           "STDDEV_POP",
                                           "STDDEV_SAMP",
                                           "VARIANCE",
                                           "VAR_POP",
                                           "VAR_SAMP",
                                           "ANY_VALUE",
                                           "CORR",
                                           "PERCENTILE_CONT",
                                           "PERCENTILE_DISC",
                                           "MODE",
                                           "REGR_SLOPE",
                                           "COVAR_POP",
                                           "COVAR_SAMP",
                                           "APPROX_COUNT_DISTINCT",
                                           "MEDIAN",
                                           "XMLAGG"};

}  // namespace

Subject::Subject(std::string_view text, const sql::Dialect& dialect, std::optional<int> version)
    : tokens_(text, dialect),
      outline_(tokens_),
      facts_(sql::readStatement(text, dialect)),
      version_(version) {
  firstOf_.assign(queries().size() + 1, 0);
  const auto count = static_cast<ExprId>(outline_.exprs().size());
  const auto known = [&](ExprId id) { return outline_.queryOf(id) < queries().size(); };
  for (ExprId id = 0; id < count; ++id)
    if (known(id)) ++firstOf_[outline_.queryOf(id) + 1];
  for (std::size_t i = 1; i < firstOf_.size(); ++i) firstOf_[i] += firstOf_[i - 1];
  byQuery_.resize(firstOf_.back());
  auto next = firstOf_;
  for (ExprId id = 0; id < count; ++id)
    if (known(id)) byQuery_[next[outline_.queryOf(id)]++] = id;
}

const Expr& Subject::at(ExprId id) const {
  static const Expr none;
  return id == nothing ? none : outline_.expr(id);
}

std::span<const ExprId> Subject::exprsOf(const Query& query) const {
  const QueryId id = idOf(query);
  return std::span(byQuery_).subspan(firstOf_[id], firstOf_[id + 1] - firstOf_[id]);
}

const Query* Subject::parentOf(const Query& query) const {
  return query.parent == nothing ? nullptr : &outline_.query(query.parent);
}

std::string Subject::name(std::size_t token) const { return sql::lowerCase(tokens_.value(token)); }

std::string Subject::column(ExprId id) const {
  return is(id, Shape::column) ? name(sql::lastToken(at(id).tokens)) : std::string();
}

std::string Subject::qualifier(ExprId id) const {
  if (id == nothing || (at(id).shape != Shape::column && at(id).shape != Shape::star)) return {};
  const Range range = at(id).tokens;
  return range.size() >= 3 ? name(range.end - 3) : std::string();
}

std::string Subject::table(const Source& source) const {
  return source.name.size() == 0 || source.function ? std::string()
                                                    : name(sql::lastToken(source.name));
}

std::string Subject::nameOf(const Source& source) const {
  if (source.alias != nothing) return name(source.alias);
  return source.name.size() == 0 ? std::string() : name(sql::lastToken(source.name));
}

std::string_view Subject::source(Range range) const {
  if (range.size() == 0) return {};
  const std::size_t start = tokens_[range.begin].start;
  return text().substr(start, tokens_[range.end - 1].end - start);
}

std::string Subject::value(ExprId id) const {
  if (is(id, Shape::text)) return tokens_.value(at(id).tokens.end - 1);
  return std::string(source(id));
}

std::optional<long long> Subject::integer(ExprId id) const {
  if (!is(id, Shape::number)) return std::nullopt;
  const std::string_view digits = source(id);
  long long number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return std::nullopt;
  return number;
}

bool Subject::same(ExprId a, ExprId b) const {
  const Range left = at(a).tokens;
  const Range right = at(b).tokens;
  if (left.size() != right.size() || left.size() == 0) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::size_t one = left.begin + i, other = right.begin + i;
    const bool words =
        tokens_[one].kind == sql::TokenKind::word && tokens_[other].kind == sql::TokenKind::word;
    if (words ? tokens_.lower(one) != tokens_.lower(other)
              : tokens_.text(one) != tokens_.text(other))
      return false;
  }
  return true;
}

bool Subject::isLiteral(ExprId id) const {
  const Shape shape = at(id).shape;
  return id != nothing && (shape == Shape::text || shape == Shape::number ||
                           shape == Shape::truth || shape == Shape::null);
}

bool Subject::isConstant(ExprId id) const {
  if (id == nothing) return false;
  for (const ExprId part : within(id)) {
    const Shape shape = at(part).shape;
    if (shape == Shape::column || shape == Shape::star || shape == Shape::subquery ||
        shape == Shape::exists || shape == Shape::other)
      return false;
  }
  return true;
}

bool Subject::isAggregate(ExprId id) const {
  return is(id, Shape::call) && !at(id).windowed &&
         std::find(std::begin(aggregates), std::end(aggregates), at(id).word) !=
             std::end(aggregates);
}

bool Subject::hasAggregate(ExprId id) const {
  const auto parts = within(id);
  return std::any_of(parts.begin(), parts.end(), [&](ExprId part) { return isAggregate(part); });
}

bool Subject::hasColumn(ExprId id) const {
  const auto parts = within(id);
  return std::any_of(parts.begin(), parts.end(),
                     [&](ExprId part) { return is(part, Shape::column); });
}

bool Subject::isCall(ExprId id, std::initializer_list<std::string_view> names) const {
  return is(id, Shape::call) && std::find(names.begin(), names.end(), at(id).word) != names.end();
}

}  // namespace mydba::advise
