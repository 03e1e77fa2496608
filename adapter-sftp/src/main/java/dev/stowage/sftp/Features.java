package dev.stowage.sftp;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.sftp.common.extensions.ParserUtils;

/**
 * The extensions of the protocol that the server has, as OpenSSH defines them.
 *
 * @param replace whether a rename can replace a file in one step
 * @param link whether a file can get a second name, unless that exists
 * @param sync whether a file can be written to disk before the response
 * @param copy whether the server copies bytes between files
 * @see <a href="https://github.com/openssh/openssh-portable/blob/master/PROTOCOL">OpenSSH's extensions of the protocol</a>
 */
record Features(boolean replace, boolean link, boolean sync, boolean copy) {

    static final String RENAME = "posix-rename@openssh.com";
    static final String LINK = "hardlink@openssh.com";
    static final String SYNC = "fsync@openssh.com";
    static final String COPY = "copy-data";

    /** @param announced the names and data of the extensions in the server's first response */
    static Features of(Map<String, byte[]> announced) {
        Set<String> extensions = new HashSet<>(announced.keySet());
        // Some servers announce those that OpenSSH did not invent in one of these lists.
        extensions.addAll(ParserUtils.supportedExtensions(ParserUtils.parse(announced)));
        return new Features(
                extensions.contains(RENAME),
                extensions.contains(LINK),
                extensions.contains(SYNC),
                extensions.contains(COPY));
    }
}
