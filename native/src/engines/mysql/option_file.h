#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mydba::mysql {

/// What a user's option file says about who connects.
struct OptionFile {
  std::optional<std::string> user;
  std::optional<std::string> password;
};

/// Reads the groups that every client reads (`[client]`, `[client-server]`, `[client-mariadb]`)
/// from the text of an option file; later lines win. Source: "Using Option Files", MySQL 9 manual.
/// Other options are left alone: they could change where the connection goes.
OptionFile readOptionFile(std::string_view text);

/// The same from `~/.my.cnf`; empty when there is none. Other users' and world-writable files are
/// ignored, as the servers' own clients do.
OptionFile readUserOptionFile();

}  // namespace mydba::mysql
