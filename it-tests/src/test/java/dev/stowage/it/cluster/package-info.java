/** Three nodes on one PostgreSQL and one S3 server, their clients, and what fails. */
@NullMarked
package dev.stowage.it.cluster;

import org.jspecify.annotations.NullMarked;
