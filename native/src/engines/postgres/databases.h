#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "engines/postgres/session.h"

namespace mydba::postgres {

/// Dials and puts the session into the state that the profile asks for. Lane's thread.
Result<std::unique_ptr<Session>> openSession(const protocol::ConnectionProfile& profile,
                                             const SecretSource& secrets,
                                             const CancelToken& cancel);

/// The databases of one server. A PostgreSQL session sees one database only, so the catalogues of
/// the others are read on side connections, opened when first needed. Lane's thread.
class Databases {
 public:
  /// `main` outlives this object.
  Databases(Session& main, protocol::ConnectionProfile profile)
      : main_(main), profile_(std::move(profile)) {}

  Session& main() { return main_; }
  std::string current() const { return PQdb(main_.raw()); }
  /// One more session in `database`, for whoever wants it to himself.
  Result<std::unique_ptr<Session>> open(const std::string& database, const CancelToken& cancel);
  /// A session in `database`; valid until the next call.
  Result<Session*> in(const std::string& database, const CancelToken& cancel);

 private:
  Session& main_;
  protocol::ConnectionProfile profile_;
  std::map<std::string, std::unique_ptr<Session>> side_;
};

}  // namespace mydba::postgres
