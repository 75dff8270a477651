#include "engines/postgres/databases.h"

#include "engines/postgres/dial.h"

namespace mydba::postgres {

Result<std::unique_ptr<Session>> openSession(const protocol::ConnectionProfile& profile,
                                             const SecretSource& secrets,
                                             const CancelToken& cancel) {
  auto handle = dial(profile, secrets, cancel);
  if (!handle) return handle.error();
  auto session = std::make_unique<Session>(std::move(*handle));
  if (profile.readOnly.value_or(false))
    if (const auto held = session->holdReadOnly(cancel); !held) return held.error();
  return session;
}

Result<std::unique_ptr<Session>> Databases::open(const std::string& database,
                                                 const CancelToken& cancel) {
  auto profile = profile_;
  profile.database = database;
  // libpq keeps the password that let us in.
  const auto password = [this](protocol::SecretKind) -> Result<std::optional<std::string>> {
    return std::optional<std::string>(PQpass(main_.raw()));
  };
  return openSession(profile, password, cancel);
}

Result<Session*> Databases::in(const std::string& database, const CancelToken& cancel) {
  if (database == current()) return &main_;
  auto& side = side_[database];
  if (side && side->alive()) return side.get();
  auto opened = open(database, cancel);
  if (!opened) return opened.error();
  side = std::move(*opened);
  return side.get();
}

}  // namespace mydba::postgres
