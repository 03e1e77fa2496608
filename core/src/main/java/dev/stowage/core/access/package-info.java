/** Access control: principals, their rights, the policy that checks them, and the audit log. */
@NullMarked
package dev.stowage.core.access;

import org.jspecify.annotations.NullMarked;
