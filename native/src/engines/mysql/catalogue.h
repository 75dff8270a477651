#pragma once

#include <memory>

#include "engines/engine.h"
#include "engines/mysql/session.h"

namespace mydba::mysql {

/// Names hold characters of the basic multilingual plane only ("Schema Object Names", MySQL 9
/// manual); comparing them with others is an error of the server.
bool beyondNames(std::string_view text);

/// The session must outlive it.
std::unique_ptr<Catalogue> makeCatalogue(Session& session);

}  // namespace mydba::mysql
