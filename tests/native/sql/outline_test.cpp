#include "sql/outline.h"

#include "native/catch.h"
#include "native/guard/corpus.h"

using namespace mydba;
using namespace mydba::sql;

namespace {

/// The text with the tokens of its outline named: what a person can compare.
class Summary {
 public:
  Summary(const std::string& text, const char* dialect)
      : tokens_(text, *findDialect(dialect)), outline_(tokens_) {}

  std::string text() const {
    std::string all;
    for (const Query& query : outline_.queries())
      all += (&query == outline_.queries().data() ? "" : " | ") + one(query);
    return all;
  }

 private:
  std::string source(Range range) const {
    std::string text;
    for (std::size_t at = range.begin; at < range.end; ++at) text += std::string(tokens_.text(at));
    return text;
  }
  std::string expr(ExprId id) const {
    if (id == nothing) return "-";
    const Expr& found = outline_.expr(id);
    if (found.parts.empty() || found.shape == Shape::cast) return source(found.tokens);
    std::string text = found.shape == Shape::all        ? "and"
                       : found.shape == Shape::any      ? "or"
                       : found.shape == Shape::negation ? "not"
                       : found.shape == Shape::in       ? "in"
                       : found.shape == Shape::between  ? "between"
                       : found.shape == Shape::list     ? "list"
                       : found.shape == Shape::chosen   ? "case"
                       : found.shape == Shape::isTest   ? "is" + found.word
                                                        : found.word;
    text = (found.negated ? "!" : "") + text + "(";
    for (const ExprId part : found.parts) text += (part == found.parts[0] ? "" : " ") + expr(part);
    return text + ")";
  }
  std::string one(const Query& query) const {
    std::string text;
    for (const auto& item : query.items) text += (text.empty() ? "" : ",") + expr(item.value);
    for (const Source& member : query.sources) {
      text += " " + std::string(member.join == Join::left ? "left:" : "") + source(member.name);
      if (member.alias != nothing) text += "=" + std::string(tokens_.text(member.alias));
      if (member.on != nothing) text += "[" + expr(member.on) + "]";
    }
    for (const auto& set : query.assignments)
      text += " set " + expr(set.columns[0]) + ":" + expr(set.value);
    if (query.rows) text += " rows " + std::to_string(query.rows);
    if (query.where != nothing) text += " where " + expr(query.where);
    for (const ExprId group : query.groups) text += " group " + expr(group);
    if (query.having != nothing) text += " having " + expr(query.having);
    for (const auto& order : query.orders)
      text += std::string(order.descending ? " desc " : " asc ") + expr(order.value);
    if (query.limit != nothing) text += " limit " + expr(query.limit);
    if (query.offset != nothing) text += " offset " + expr(query.offset);
    return text;
  }

  TokenList tokens_;
  Outline outline_;
};

struct Case {
  const char* dialect;
  const char* sql;
  const char* summary;
};

}  // namespace

TEST_CASE("an outline has the parts of a query", "[sql]") {
  const Case cases[] = {
      {"postgres", "SELECT a, t.b AS c FROM s.t x LEFT JOIN u ON u.id = x.id AND u.d WHERE a = 1",
       "a,t.b s.t=x left:u[and(=(u.id x.id) u.d)] where =(a 1)"},
      {"mysql", "SELECT a FROM t, u WHERE NOT a = 1 OR b <> -2 && c ORDER BY a DESC, b LIMIT 5, 10",
       "a t u where or(not(=(a 1)) and(<>(b -2) c)) desc a asc b limit 10 offset 5"},
      {"sqlite", "SELECT count(*) FROM (SELECT a FROM t) x GROUP BY a HAVING count(*) > 1",
       "COUNT(*) =x group a having >(COUNT(*) 1) | a t"},
      {"postgres", "SELECT 1 UNION ALL SELECT a::text[] FROM t WHERE b BETWEEN 1 AND 2 LIMIT $1",
       "1 | a::text[] t where between(b 1 2) limit $1"},
      {"postgres", "SELECT a FROM t WHERE b NOT IN (1, 2) AND c IS NOT NULL AND d ~* 'x' OFFSET 3",
       "a t where and(!in(b list(1 2)) !isNULL(c) ~*(d 'x')) offset 3"},
      {"mysql", "UPDATE a JOIN b ON a.id = b.id SET a.x = 1, b.y = a.x + 1 WHERE a.z = ?",
       " a b[=(a.id b.id)] set a.x:1 set b.y:+(a.x 1) where =(a.z ?)"},
      {"sqlite", "INSERT INTO t (a, b) VALUES (1, 2), (3, 4)", " rows 2"},
      {"mysql", "INSERT INTO t SELECT a FROM u ON DUPLICATE KEY UPDATE a = 1", " | a u"},
      {"postgres", "WITH x AS (SELECT a FROM t) DELETE FROM u USING x WHERE u.a = x.a",
       "a t |  u x where =(u.a x.a)"},
      {"mysql", "SELECT CASE WHEN a THEN 1 ELSE 2 END, INTERVAL 1 DAY + b FROM t FORCE INDEX (i)",
       "case(a 1 2),+(INTERVAL1DAY b) t"},
      {"generic", "SELECT a FROM t WHERE key = 1 AND left(a, 1) = 'x'",
       "a t where and(=(key 1) =(LEFT(a 1) 'x'))"},
      {"mysql", "EXPLAIN SELECT a FROM t", "a t"},
      {"postgres", "CREATE VIEW v AS SELECT a FROM t", "a t"},
      {"mysql", "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SELECT 1", ""},
      {"generic", "SELECT (((((a)))) FROM", "a"},
      {"generic", "", ""},
  };
  for (const Case& c : cases) {
    INFO(c.dialect << ": " << c.sql);
    CHECK(Summary(c.sql, c.dialect).text() == c.summary);
  }
}

TEST_CASE("an outline of hostile text is bounded", "[sql]") {
  const Dialect& dialect = *findDialect("generic");
  const auto repeat = [](const char* text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  for (const char* piece : {"(",           "(SELECT ", "a = ", "NOT ",     "- ",
                            "CASE WHEN ",  "f(",       "a.",   "x JOIN ",  " UNION SELECT 1",
                            "WITH x AS (", "a[",       "IN (", "EXISTS (", "@",
                            ":",           "BETWEEN ", "ON ",  "VALUES (", "::"}) {
    INFO(piece);
    const std::string text = "SELECT a FROM t WHERE " + repeat(piece, 20000);
    const TokenList tokens(text, dialect);
    const Outline outline(tokens);
    CHECK(outline.exprs().size() <= 4 * tokens.size());
    CHECK(outline.queries().size() <= tokens.size());
    for (const Expr& expr : outline.exprs()) {
      CHECK_FALSE(expr.tokens.end > tokens.size());
      if (expr.tokens.end > tokens.size()) break;
    }
  }
}

TEST_CASE("every statement of the guard's corpus has an outline within its tokens", "[sql]") {
  for (const char* name : {"postgres", "mysql", "mariadb", "sqlite"})
    for (const auto& seed : guard::readCorpus(*findDialect(name))) {
      INFO(seed.sql);
      const TokenList tokens(seed.sql, *findDialect(name));
      const Outline outline(tokens);
      bool inside = true;
      for (const Expr& expr : outline.exprs())
        inside = inside && expr.tokens.begin <= expr.tokens.end && expr.tokens.end <= tokens.size();
      for (const Query& query : outline.queries())
        inside = inside && query.tokens.end <= tokens.size();
      CHECK(inside);
    }
}
