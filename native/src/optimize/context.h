#pragma once

// A statement as rewrites see it: where its names come from, what its tables guarantee, and the
// pieces that another text of it is made of.

#include <optional>
#include <string>
#include <vector>

#include "advise/sql/subject.h"
#include "optimize/definition.h"

namespace mydba::optimize {

using advise::Subject;
using sql::Expr;
using sql::ExprId;
using sql::Keyword;
using sql::nothing;
using sql::Query;
using sql::QueryId;
using sql::Range;
using sql::Shape;
using sql::Source;

/// A condition whose being false and being NULL come to the same: in WHERE or in the ON of an inner
/// join, below nothing but AND and OR.
struct Test {
  ExprId id = nothing;
  bool amongOr = false;  ///< an AND that takes its place needs parentheses
};

class Context {
 public:
  /// Both must outlive it.
  Context(const Subject& subject, const Definitions& definitions)
      : subject_(subject), definitions_(definitions) {}

  const Subject& subject() const { return subject_; }

  /// Where a column comes from; nothing when that cannot be told.
  struct Owner {
    const Query* query = nullptr;
    const Source* source = nullptr;
  };
  std::optional<Owner> owner(ExprId column) const;
  /// Every column within `id`, sub-queries included, comes from a source of `query` itself.
  bool isOf(ExprId id, const Query& query) const;
  /// Null when it is not known.
  const Definition* definition(const Source& source) const;
  /// Empty when it is not known.
  std::string typeOf(ExprId column) const;
  /// By definition, and in no side of an outer join that is filled with NULLs.
  bool neverNull(ExprId column) const;

  /// As it is called in the text: its alias, else its name.
  std::string nameOf(const Source& source) const;
  /// The column with its table; as it stands when it has one, or when it cannot be told.
  std::string qualified(ExprId column) const;
  /// A column of a query around `inner`, as `inner` can name it; empty when that cannot be told, or
  /// when one of its own tables hides it.
  std::string fromInside(ExprId column, const Query& inner) const;
  /// A name that the statement does not use yet.
  std::string freshName(std::string_view base) const;
  std::string text(ExprId id) const { return std::string(subject_.source(id)); }
  std::string text(Range tokens) const { return std::string(subject_.source(tokens)); }

  /// Of every SELECT in the statement.
  std::vector<Test> tests() const;
  /// A SELECT of one part, whose rows are those of FROM and WHERE: no groups, DISTINCT, limit,
  /// order, window or aggregate.
  bool isPlain(const Query& query) const;
  /// FROM joins by commas and inner joins with conditions alone.
  bool joinsInside(const Query& query) const;
  bool hasAggregates(const Query& query) const;
  /// The token behind a query's FROM and its joins, where WHERE begins or would.
  std::size_t behindFrom(const Query& query) const;
  /// The token where the clause that begins before `token` ends.
  std::size_t clauseEnd(const Query& query, std::size_t token) const;
  /// FROM without the word, with its joins and their conditions.
  std::string fromText(const Query& query) const;
  /// Every condition of the joins concerns the query's own tables alone.
  bool joinsOwnTables(const Query& query) const;
  /// Fit to be joined by AND.
  std::string asConjunct(ExprId id) const;
  /// A call that gives another value each time.
  bool isVolatile() const;

 private:
  const Subject& subject_;
  const Definitions& definitions_;
};

/// No collation finds these texts equal, whatever it does with case, accents and blanks.
bool differEverywhere(std::string one, std::string other);

/// `a AND b AND c`.
std::string conjunction(const std::vector<std::string>& parts);

}  // namespace mydba::optimize
