#pragma once

#include <string>
#include <vector>

#include "engines/mysql/what_if_session.h"
#include "engines/mysql/what_if_text.h"

namespace mydba::mysql {

/// Scratch databases, one for each database of a statement. They are gone when this is.
class Scratch {
 public:
  /// `own` must outlive it.
  Scratch(Session& own, std::string name) : own_(own), name_(std::move(name)) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { static_cast<void>(drop()); }

  /// A new database that stands for `database`.
  Result<void> create(const std::string& database, const CancelToken& cancel);
  const Substitutes& databases() const { return databases_; }
  Aliases aliases() const;

  /// Also after a cancellation, and over a new connection when this one is lost. An error names
  /// what is left in its hint.
  Result<void> drop();

 private:
  Result<void> dropAll(Session& session);

  Session& own_;
  std::string name_;
  Substitutes databases_;
};

}  // namespace mydba::mysql
