#pragma once

#include <string>
#include <vector>

#include "advise/sql/subject.h"

namespace mydba::optimize {

/// A statement with changes. One that lies within another that was made before is ignored: what is
/// inside of it is gone, or was written anew. Lives no longer than its subject.
class Draft {
 public:
  explicit Draft(const advise::Subject& subject) : subject_(&subject) {}

  void replace(sql::Range tokens, std::string text);
  void replace(sql::ExprId id, std::string text) { replace(subject_->at(id).tokens, text); }
  /// Before a token, or at the end when there is none; several in the order in which they come.
  void insertBefore(std::size_t token, std::string text);
  void insertBehind(std::size_t token, std::string text);
  /// With the blanks behind.
  void remove(sql::Range tokens);

  bool empty() const { return edits_.empty(); }
  std::string text() const;

  /// What the same rows rest on beside the rules of SQL, as the end of "This holds while …"; empty:
  /// nothing.
  std::string holdsWhile;

 private:
  struct Edit {
    std::size_t start;
    std::size_t end;
    std::string text;
  };
  void add(Edit edit);

  const advise::Subject* subject_;
  std::vector<Edit> edits_;
};

}  // namespace mydba::optimize
