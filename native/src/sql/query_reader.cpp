#include "sql/query_reader.h"

#include <utility>

#include "sql/condition.h"
#include "sql/keyword.h"
#include "sql/predicate.h"
#include "sql/word_sets.h"

namespace mydba::sql {
namespace {

using Kind = StatementKind;

bool standsBeforeTable(const TokenList& tokens, std::size_t at) {
  return wordsBeforeTables.contains(tokens.keyword(at)) ||
         tokens.is(at - 1, Keyword::or_);  // UPDATE OR ABORT of SQLite
}

}  // namespace

void QueryReader::read(std::size_t begin, bool main) {
  const auto end = static_cast<Index>(tokens_.size());
  scopes_.push_back({.close = end, .main = main});
  for (std::size_t at = begin; at < end;) at = step(at);
  while (scopes_.size() > 1) close(end);
  endPart(end);
  resolveTargets();
}

std::size_t QueryReader::step(std::size_t at) {
  if (at == scope().close) {
    close(at);
    return at + 1;
  }
  if (tokens_.isSymbol(at, '(')) return open(at);
  const Keyword keyword = tokens_.keyword(at);
  std::size_t next = at + 1;
  if (scope().cteNext && tokens_.isName(at) && keyword != Keyword::recursive) {
    next = cte(at);
  } else if (scope().tableNext && standsBeforeTable(tokens_, at)) {
    next = at + 1;
  } else if (scope().tableNext && !reservedWords.contains(keyword)) {
    next = table(at);
  } else if (keyword != Keyword::none && !tokens_.isSymbol(at + 1, '.')) {
    next = this->keyword(at);
  } else if (tokens_.isName(at)) {
    next = name(at);
  } else if (tokens_.isSymbol(at, ',')) {
    Scope& here = scope();
    if (here.clause == Clause::on) here.clause = Clause::from;
    here.tableNext = here.clause == Clause::from || here.clause == Clause::target;
    if (here.clause == Clause::with) here.cteNext = true;
  }
  return next;
}

/// A group in which a query, a list of joined tables or nothing of interest stands.
std::size_t QueryReader::open(std::size_t at) {
  const Scope& outer = scope();
  const bool query = startsQuery(tokens_, at);
  const bool plain = outer.verb == Kind::unknown && outer.clause == Clause::none && !outer.mayBegin;
  if (!query && !outer.tableNext && plain) return at + 1;
  Scope inner{.close = static_cast<Index>(tokens_.partner(at)),
              .firstTable = static_cast<Index>(statement_.tables.size()),
              .firstCte = static_cast<Index>(cteNames_.size()),
              .firstAlias = static_cast<Index>(aliases_.size())};
  inner.mayBegin = query;
  inner.main = query && outer.main && outer.clause == Clause::none;
  inner.afterUnion = outer.afterUnion;
  inner.cteBody = outer.clause == Clause::with && !outer.cteNext;
  if (outer.tableNext && !query) {
    inner.verb = Kind::select;
    inner.clause = Clause::from;
    inner.tableNext = true;
    inner.mayBegin = false;
  }
  if (outer.tableNext && !tokens_.is(at - 1, Keyword::lateral)) ++scope().items;
  scope().tableNext = scope().mayBegin = false;
  scopes_.push_back(inner);
  return at + 1;
}

void QueryReader::close(std::size_t at) {
  endPart(at);
  resolveTargets();
  const Scope inner = scope();
  for (std::size_t i = inner.firstCte; i < cteNames_.size(); ++i)
    if (const auto found = ctes_.find(cteNames_[i]); found != ctes_.end() && --found->second == 0)
      ctes_.erase(found);
  cteNames_.resize(inner.firstCte);
  aliases_.resize(inner.firstAlias);
  scopes_.pop_back();
  if (inner.cteBody && !scope().recursive) showCte();
}

bool QueryReader::beginVerb(std::size_t at) {
  Scope& here = scope();
  const bool may = here.mayBegin || (here.clause == Clause::with && !here.cteNext);
  if (!may) return false;
  const bool call = tokens_.isSymbol(at + 1, '(');
  switch (tokens_.keyword(at)) {
    case Keyword::with: return false;
    case Keyword::insert:
      if (call) return false;
      beginChange(at, Kind::insert);
      return true;
    case Keyword::replace:
      if (call) return false;
      beginChange(at, Kind::replace);
      return true;
    case Keyword::update: beginChange(at, Kind::update); return true;
    case Keyword::delete_: beginChange(at, Kind::remove); return true;
    case Keyword::merge: beginChange(at, Kind::merge); return true;
    default: return false;
  }
}

void QueryReader::beginChange(std::size_t at, StatementKind kind) {
  Scope& here = scope();
  here.verb = kind;
  here.clause = Clause::target;
  here.tableNext = true;
  here.mayBegin = false;
  here.change = static_cast<Index>(statement_.changes.size());
  // INSERT OR REPLACE of SQLite replaces.
  const bool replaces = kind == Kind::insert && tokens_.is(at + 1, Keyword::or_) &&
                        tokens_.is(at + 2, Keyword::replace);
  statement_.changes.push_back({.kind = replaces ? Kind::replace : kind,
                                .position = tokens_[at].start,
                                .nested = !here.main});
}

void QueryReader::beginSelect() {
  Scope& here = scope();
  if (here.verb == Kind::unknown) here.verb = Kind::select;
  here.clause = Clause::select;
  sawQuery_ = sawQuery_ || here.main;
  here.tableNext = here.mayBegin = false;
  here.items = 0;
  here.conditions = false;
}

std::size_t QueryReader::keyword(std::size_t at) {
  if (beginVerb(at)) return at + 1;
  Scope& here = scope();
  const Keyword keyword = tokens_.keyword(at);
  const bool fresh = std::exchange(here.mayBegin, false);
  const bool plain = here.verb == Kind::unknown && here.clause == Clause::none;
  if (keyword == Keyword::select) {
    beginSelect();
  } else if (keyword == Keyword::with) {
    const bool inChange = here.clause == Clause::target && !here.tableNext;
    if (fresh || inChange || (here.clause == Clause::none && !plain) ||
        (plain && tokens_.is(at - 1, Keyword::as))) {
      here.clause = Clause::with;
      here.cteNext = true;
      here.recursive = tokens_.is(at + 1, Keyword::recursive) || dialect_.implicitRecursion;
    }
  } else if (fresh && keyword == Keyword::values) {
    here.verb = Kind::select;
    here.clause = Clause::tail;
    sawQuery_ = sawQuery_ || here.main;
  } else if (keyword == Keyword::table && (fresh || here.clause == Clause::none) &&
             tokens_.isName(at + 1)) {  // TABLE t
    beginSelect();
    here.clause = Clause::from;
    here.tableNext = true;
  } else if (keyword == Keyword::where && (!plain || here.main)) {
    openFilter(at, Clause::where);
  } else if (!plain) {
    return clauseKeyword(at);
  } else if (keyword == Keyword::union_ || keyword == Keyword::intersect ||
             keyword == Keyword::except) {
    here.afterUnion = true;  // (SELECT …) UNION (SELECT …)
  } else {
    return name(at);
  }
  return at + 1;
}

std::size_t QueryReader::clauseKeyword(std::size_t at) {
  Scope& here = scope();
  switch (tokens_.keyword(at)) {
    case Keyword::from: return from(at);
    case Keyword::into: return into(at);
    case Keyword::using_:
      if (here.verb == Kind::remove || here.verb == Kind::merge) {
        here.tableNext = here.clause != Clause::from && here.clause != Clause::on;
        here.clause = Clause::from;
        here.multi = true;
      }
      here.conditions = true;
      if (tokens_.isSymbol(at + 1, '(') && !here.tableNext) return tokens_.behind(at + 1);
      return at + 1;
    case Keyword::join:
    case Keyword::straightJoin: return join(at);
    case Keyword::on: return on(at);
    case Keyword::set:
      if (here.clause != Clause::with) here.clause = Clause::set;
      here.tableNext = false;
      return at + 1;
    case Keyword::values: return values(at);
    case Keyword::delete_: return mergeDelete(at);
    case Keyword::having: openFilter(at, Clause::having); return at + 1;
    case Keyword::limit:
      if (here.change != none) statement_.changes[here.change].hasLimit = true;
      [[fallthrough]];
    case Keyword::order:
    case Keyword::offset:
    case Keyword::fetch:
    case Keyword::window:
    case Keyword::returning:
    case Keyword::when:
      if (tokens_.is(at, Keyword::when) && here.verb != Kind::merge) return at + 1;
      closeFilter(at);
      here.clause = Clause::tail;
      return at + 1;
    case Keyword::group:
      if (tokens_.is(at - 1, Keyword::within)) return at + 1;
      closeFilter(at);
      here.clause = Clause::tail;
      return at + 1;
    case Keyword::union_:
    case Keyword::intersect:
    case Keyword::except:
      endPart(at);
      here.clause = Clause::none;
      here.afterUnion = true;
      return at + 1;
    case Keyword::for_:
    case Keyword::lock: return lockRows(at);
    default: return name(at);
  }
}

/// FROM begins a clause, but for `IS DISTINCT FROM` and DELETE FROM.
std::size_t QueryReader::from(std::size_t at) {
  Scope& here = scope();
  const bool distinct = tokens_.is(at - 1, Keyword::distinct) &&
                        (tokens_.is(at - 2, Keyword::is) || tokens_.is(at - 2, Keyword::not_));
  if (distinct) return at + 1;
  if (here.verb == Kind::remove && here.clause == Clause::target && here.tableNext) return at + 1;
  if (here.clause == Clause::with || here.verb == Kind::unknown) return at + 1;
  closeFilter(at);
  here.clause = Clause::from;
  here.tableNext = here.multi = true;
  return at + 1;
}

std::size_t QueryReader::into(std::size_t at) {
  const Scope& here = scope();
  if (here.verb == Kind::select || here.clause != Clause::target) return selectInto(at + 1);
  return at + 1;
}

/// Behind the INTO of a SELECT: a file, variables, or a table that is made.
std::size_t QueryReader::selectInto(std::size_t at) {
  closeFilter(at - 1);
  Scope& here = scope();
  if (here.clause == Clause::where || here.clause == Clause::having) here.clause = Clause::tail;
  if (tokens_.is(at, Keyword::outfile) || tokens_.is(at, Keyword::dumpfile)) {
    statement_.files.push_back(
        {.written = true, .name = tokens_.value(at + 1), .position = tokens_[at].start});
    return at + 2;
  }
  if (tokens_.isSymbol(at, '@')) {
    statement_.settings.push_back({.scope = SettingScope::user,
                                   .name = "@" + tokens_.lower(at + 1),
                                   .position = tokens_[at].start});
    return at + 2;
  }
  while (tokens_.is(at, Keyword::temp) || tokens_.is(at, Keyword::temporary) ||
         tokens_.is(at, Keyword::unlogged) || tokens_.is(at, Keyword::table) ||
         tokens_.is(at, Keyword::local) || tokens_.is(at, Keyword::global))
    ++at;
  const auto read = readName(tokens_, at);
  if (!read) return at;
  statement_.createsTable = true;
  statement_.tables.push_back({.table = read->name, .written = true});
  return read->next;
}

std::size_t QueryReader::join(std::size_t at) {
  Scope& here = scope();
  if (here.clause == Clause::select) return at + 1;  // SELECT STRAIGHT_JOIN
  if (tokens_.is(at - 1, Keyword::natural) || tokens_.is(at - 2, Keyword::natural) ||
      tokens_.is(at - 3, Keyword::natural))
    here.conditions = true;
  if (here.clause != Clause::target) here.clause = Clause::from;
  here.tableNext = true;
  return at + 1;
}

std::size_t QueryReader::on(std::size_t at) {
  Scope& here = scope();
  const bool insert = here.verb == Kind::insert || here.verb == Kind::replace;
  if (insert && (tokens_.is(at + 1, Keyword::duplicate) || tokens_.is(at + 1, Keyword::conflict))) {
    closeFilter(at);
    here.clause = Clause::tail;
    return at + 2;
  }
  here.conditions = true;
  if (here.clause == Clause::from) here.clause = Clause::on;
  return at + 1;
}

/// FOR UPDATE, FOR NO KEY UPDATE, FOR SHARE, LOCK IN SHARE MODE.
std::size_t QueryReader::lockRows(std::size_t at) {
  Scope& here = scope();
  const std::size_t last = at + 4;
  for (std::size_t i = at + 1; i < last; ++i) {
    if (tokens_.is(i, Keyword::update) || tokens_.is(i, Keyword::share)) {
      statement_.locksRows = true;
      closeFilter(at);
      here.clause = Clause::tail;
      return i + 1;
    }
    if (!tokens_.is(i, Keyword::no) && !tokens_.is(i, Keyword::key) && !tokens_.is(i, Keyword::in))
      break;
  }
  return at + 1;
}

/// The name of a CTE, at `at`, and its columns.
std::size_t QueryReader::cte(std::size_t at) {
  Scope& here = scope();
  here.cteNext = false;
  here.mayBegin = false;
  cteNames_.push_back(lowerCase(tokens_.value(at)));
  if (here.recursive) showCte();
  return tokens_.isSymbol(at + 1, '(') ? tokens_.behind(at + 1) : at + 1;
}

void QueryReader::showCte() {
  if (!cteNames_.empty()) ++ctes_[cteNames_.back()];
}

bool QueryReader::isCte(const ObjectName& name) const {
  return name.schema.empty() && ctes_.contains(lowerCase(name.name));
}

/// Where a table comes next: its name, or a function that stands for one.
std::size_t QueryReader::table(std::size_t at) {
  Scope& here = scope();
  const auto read = readName(tokens_, at);
  here.mayBegin = false;
  if (!read) {
    here.tableNext = false;
    return at + 1;
  }
  here.tableNext = false;
  const bool target = here.clause == Clause::target;
  if (!target && tokens_.isSymbol(read->next, '(')) {
    statement_.functions.push_back({.function = read->name, .inFrom = true});
    return read->next;
  }
  const bool lateral = tokens_.is(at - 1, Keyword::lateral);
  if (!target && !lateral) ++here.items;
  if (!target && isCte(read->name)) return alias(read->next);
  const bool dual = read->name.schema.empty() && lowerCase(read->name.name) == "dual";
  if (dual) return read->next;
  statement_.tables.push_back(
      {.table = read->name, .written = target, .afterUnion = here.afterUnion});
  if (target) ++here.targets;
  return alias(read->next);
}

/// `AS x` or `x` behind a table. Kept for DELETE a FROM t AS a.
std::size_t QueryReader::alias(std::size_t at) {
  const bool as = tokens_.is(at, Keyword::as);
  const std::size_t named = as ? at + 1 : at;
  const bool named_ =
      tokens_[named].kind == TokenKind::quotedName ||
      (tokens_[named].kind == TokenKind::word && (as || tokens_.keyword(named) == Keyword::none));
  if (!named_) return at;
  if (scope().verb == Kind::remove && !statement_.tables.empty())
    aliases_.push_back({.name = lowerCase(tokens_.value(named)),
                        .table = static_cast<Index>(statement_.tables.size() - 1)});
  // The columns of the alias are no arguments.
  if (scope().clause != Clause::target && tokens_.isSymbol(named + 1, '('))
    return tokens_.behind(named + 1);
  return named + 1;
}

std::size_t QueryReader::values(std::size_t at) {
  Scope& here = scope();
  if (here.verb == Kind::insert || here.verb == Kind::replace) {
    here.clause = Clause::tail;
    if (here.change != none) statement_.changes[here.change].rows = countRows(at + 1);
  }
  return at + 1;
}

/// WHEN MATCHED THEN DELETE
std::size_t QueryReader::mergeDelete(std::size_t at) {
  if (scope().verb == Kind::merge && tokens_.isWord(at - 1, "THEN"))
    statement_.changes.push_back({.kind = Kind::remove,
                                  .position = tokens_[at].start,
                                  .filter = Filter::effective,
                                  .nested = true});
  return at + 1;
}

/// How many lists in parentheses stand at `at`.
std::size_t QueryReader::countRows(std::size_t at) const {
  std::size_t rows = 0;
  for (; tokens_.isSymbol(at, '('); ++rows) {
    at = tokens_.behind(at);
    if (tokens_.isSymbol(at, ',')) ++at;
  }
  return rows;
}

/// A word that is no clause: a function when a parenthesis follows.
std::size_t QueryReader::name(std::size_t at) {
  scope().mayBegin = false;
  // The standard's spelling of nextval('s').
  if (tokens_.isWord(at, "NEXT") && tokens_.isWord(at + 1, "VALUE") &&
      tokens_.is(at + 2, Keyword::for_)) {
    statement_.functions.push_back(
        {.function = {.name = "nextval", .position = tokens_[at].start}});
    return at + 3;
  }
  if (reservedWords.contains(tokens_.keyword(at))) return at + 1;
  const auto read = readName(tokens_, at);
  if (!read) return at + 1;
  const Scope& here = scope();
  if (here.afterUnion && here.clause == Clause::select)
    statement_.unionColumns.push_back(read->name.name);
  if (!tokens_.isSymbol(read->next, '(') || tokens_.isSymbol(read->next - 1, '*'))
    return read->next;
  // `AS x(a, b)`, `INSERT INTO t (a)`, `::numeric(10)`, `REFERENCES t(id)` are no calls.
  const bool type = tokens_.isSymbol(at - 1, ':') || tokens_.is(at - 1, Keyword::as);
  const bool named = tokens_.is(at - 1, Keyword::references) || isTypeWord(tokens_.text(at)) ||
                     (here.clause == Clause::from && !here.tableNext) ||
                     here.clause == Clause::with;
  if (!type && !named) statement_.functions.push_back({.function = read->name});
  return read->next;
}

void QueryReader::openFilter(std::size_t at, Clause clause) {
  closeFilter(at);
  Scope& here = scope();
  here.clause = clause;
  here.tableNext = false;
  here.filterAt = static_cast<Index>(at + 1);
}

void QueryReader::closeFilter(std::size_t at) {
  Scope& here = scope();
  if (here.filterAt == none) return;
  const std::size_t begin = std::exchange(here.filterAt, none);
  const ConditionFacts facts = readCondition(tokens_, begin, at, dialect_);
  if (facts.injection && !statement_.injection) statement_.injection = facts.injection;
  if (here.clause != Clause::where) return;
  here.conditions = here.conditions || facts.joins;
  const bool conditional = tokens_.conditionalWithin(begin - 1, at);
  const Filter filter = facts.alwaysTrue || conditional ? Filter::alwaysTrue : Filter::effective;
  if (here.change != none && statement_.changes[here.change].filter == Filter::absent)
    statement_.changes[here.change].filter = filter;
  if (here.main) {
    statement_.hasWhere = true;
    statement_.filter = filter;
  }
}

/// The end of a query, or of one side of UNION.
void QueryReader::endPart(std::size_t at) {
  closeFilter(at);
  Scope& here = scope();
  if (here.items > 1 && !here.conditions) statement_.cartesian = true;
  here.items = 0;
  here.conditions = false;
  here.tableNext = false;
}

/// DELETE a FROM t AS a …: the target is the table that has this alias or name.
void QueryReader::resolveTargets() {
  const Scope& here = scope();
  auto& tables = statement_.tables;
  if (here.verb != Kind::remove || !here.multi || tables.size() <= here.firstTable + here.targets)
    return;
  std::unordered_map<std::string, Index> byName;
  for (std::size_t i = here.firstTable + here.targets; i < tables.size(); ++i)
    byName.emplace(lowerCase(tables[i].table.name), static_cast<Index>(i));
  for (std::size_t i = here.firstAlias; i < aliases_.size(); ++i)
    byName.insert_or_assign(aliases_[i].name, aliases_[i].table);
  for (std::size_t i = here.firstTable; i < here.firstTable + here.targets; ++i) {
    const auto found = byName.find(lowerCase(tables[i].table.name));
    if (found == byName.end() || found->second < here.firstTable + here.targets) continue;
    tables[found->second].written = true;
    tables[i] = tables[found->second];
  }
}

}  // namespace mydba::sql
