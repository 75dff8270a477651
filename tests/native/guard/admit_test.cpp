// How strictly a connection is opened, when its profile stands in a file that an agent could edit.
#include "guard/admit.h"

#include <string>
#include <vector>

#include "native/catch.h"

namespace mydba::guard {
namespace {

using protocol::ConnectionProfile;
using protocol::Environment;

ConnectionProfile shop(std::string id = "shop") {
  return {.id = std::move(id), .name = "Shop", .engine = "postgres", .host = "db.example"};
}

ConnectionProfile readOnly(ConnectionProfile profile) {
  profile.readOnly = true;
  return profile;
}

ConnectionProfile in(Environment environment, ConnectionProfile profile = shop()) {
  profile.environment = environment;
  return profile;
}

}  // namespace

TEST_CASE("a profile that is new is opened as it says", "[guard][admit]") {
  const auto result = admit(shop(), true, {});
  CHECK(result.profile.readOnly == false);
  CHECK(result.profile.environment == Environment::dev);
  CHECK(!result.loosened);
  CHECK(!result.production);
}

TEST_CASE("what was read-only stays read-only until it is agreed to", "[guard][admit]") {
  const auto result = admit(shop(), true, {readOnly(shop())});
  CHECK(result.profile.readOnly == true);
  REQUIRE(result.loosened);
  CHECK(result.loosened->title == "Open Shop less strictly than before?");
  CHECK(result.loosened->detail.find("was read-only; the settings now say that it is not") !=
        std::string::npos);
  CHECK(!admit(readOnly(shop()), true, {readOnly(shop())}).loosened);
  // In the form only a person changes it.
  CHECK(admit(shop(), false, {readOnly(shop())}).profile.readOnly == false);
}

TEST_CASE("another id, another port or another user does not lead around it", "[guard][admit]") {
  const std::vector<ConnectionProfile> opened = {readOnly(shop())};
  ConnectionProfile other = shop("other");
  CHECK(admit(other, true, opened).profile.readOnly == true);
  other.port = 5432;
  other.user = "somebody";
  other.host = "DB.example";
  CHECK(admit(other, true, opened).profile.readOnly == true);
  other.host = "db2.example";
  CHECK(admit(other, true, opened).profile.readOnly == false);
  // Its own id with another's place: the place counts too.
  CHECK(admit(shop("other"), true, {other, readOnly(shop())}).profile.readOnly == true);
}

TEST_CASE("two connections to one place keep their own limits once agreed to", "[guard][admit]") {
  const std::vector<ConnectionProfile> opened = {readOnly(shop()), shop("writer")};
  CHECK(!admit(shop("writer"), true, opened).loosened);
  CHECK(admit(shop("third"), true, opened).loosened);
}

TEST_CASE("production stays production", "[guard][admit]") {
  const auto result = admit(shop(), true, {in(Environment::prod)});
  CHECK(result.profile.environment == Environment::prod);
  CHECK(result.profile.allowDestructive == false);
  REQUIRE(result.loosened);
  CHECK(result.loosened->detail.find("was production; the settings now say development") !=
        std::string::npos);
  ConnectionProfile destructive = in(Environment::prod);
  destructive.allowDestructive = true;
  CHECK(admit(destructive, true, {in(Environment::prod)}).profile.allowDestructive == false);
  CHECK(admit(destructive, true, {destructive}).profile.allowDestructive == true);
  CHECK(!admit(in(Environment::prod), true, {destructive}).loosened);
}

TEST_CASE("production is acknowledged once, and again after it was something else",
          "[guard][admit]") {
  CHECK(admit(in(Environment::prod), false, {}).production);
  CHECK(admit(in(Environment::prod), false, {in(Environment::dev)}).production);
  CHECK(!admit(in(Environment::prod), false, {in(Environment::prod)}).production);
  // Another profile's acknowledgement is not this one's.
  CHECK(admit(in(Environment::prod, shop("b")), true, {in(Environment::prod)}).production);
}

}  // namespace mydba::guard
