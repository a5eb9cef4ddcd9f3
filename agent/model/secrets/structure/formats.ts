/** A kind of file and the lines in it that hold a credential. */
export interface Format {
  /** Matches the file's name in lower case, without its folders. */
  name: RegExp;
  what: string;
  /** Global, multi-line, bounded; group 1 is the secret. */
  pattern: RegExp;
  /** The value is base64 of `user:password`. */
  base64?: true;
}

/** Files whose whole purpose is to hold credentials: the shape of a line is enough. */
export const formats: readonly Format[] = [
  {
    name: /^\.?npmrc$|^\.yarnrc$/,
    what: 'Registry token in .npmrc',
    pattern: /^[^\n#;]{0,200}_authToken["']?\s{0,3}[= ]\s{0,3}["']?([^\s"'#;]{8,512})/gm,
  },
  {
    name: /^\.?npmrc$/,
    what: 'Registry password in .npmrc',
    pattern: /^[^\n#;]{0,200}_(?:auth|password)["']?\s{0,3}=\s{0,3}["']?([A-Za-z0-9+/=_-]{6,512})/gm,
  },
  {
    name: /^\.yarnrc\.ya?ml$/,
    what: 'Registry token in .yarnrc.yml',
    pattern: /^\s{0,40}npmAuth(?:Token|Ident):\s{1,4}["']?([^\s"'#]{8,512})/gm,
  },
  {
    name: /^[._]netrc$|^\.authinfo$/,
    what: 'Password in .netrc',
    pattern: /\bpassword\s{1,8}([^\s#]{3,256})/g,
  },
  {
    name: /^[._]?curlrc$/,
    what: 'Password in .curlrc',
    pattern: /^\s{0,8}-{0,2}(?:proxy-)?user\s{0,3}[=: ]\s{0,3}"?[^\s":]{1,64}:([^\s"]{4,128})/gm,
  },
  {
    name: /^\.?pgpass(?:\.conf)?$/,
    what: 'Password in .pgpass',
    pattern: /^[^:\n#]{1,255}:[^:\n]{1,5}:[^:\n]{1,63}:[^:\n]{1,63}:([^\n\r]{3,256})/gm,
  },
  {
    name: /^\.dockercfg$|^\.?docker-?config(?:\.json)?$|^config\.json$|dockerconfig/,
    what: 'Registry login in Docker’s configuration',
    pattern: /"auth"\s{0,4}:\s{0,4}"([A-Za-z0-9+/=]{8,2000})"/g,
    base64: true,
  },
  {
    name: /^\.?htpasswd(?:\.\w{1,12})?$/,
    what: 'Password hash in .htpasswd',
    pattern: /^[^:\s#]{1,255}:(\$(?:apr1|2[aby]|5|6)\$[^\s:]{20,120}|\{SHA\}[A-Za-z0-9+/=]{28})/gm,
  },
  {
    name: /^(?:\.s3cfg|\.?passwd-s3fs|rclone\.conf|\.boto)$/,
    what: 'Key of an object store',
    pattern:
      /^(?:secret_key|key|pass|secret_access_key|aws_secret_access_key|gs_secret_access_key)\s{0,3}=\s{0,3}([^\s#]{12,256})/gm,
  },
  {
    name: /\.tfstate(?:\.backup)?$/,
    what: 'Password made by Terraform, in its state',
    pattern: /"type": ?"random_password"[^\n]{0,400}(?:\n[^\n]{0,400}){0,30}?"result": ?"([^"\n]{6,256})"/g,
  },
  {
    name: /\.tfstate(?:\.backup)?$/,
    what: 'Sensitive output in Terraform’s state',
    pattern: /"value": ?"([^"\n]{6,4000})",?\s{1,40}(?:"type": ?"string",?\s{1,40})?"sensitive": ?true/g,
  },
  {
    name: /\.tfstate(?:\.backup)?$/,
    what: 'Sensitive output in Terraform’s state',
    pattern: /"sensitive": ?true,\s{1,40}(?:"type": ?"string",\s{1,40})?"value": ?"([^"\n]{6,4000})"/g,
  },
  {
    name: /^shiro.{0,20}\.ini$/,
    what: 'Password of a user in Shiro’s configuration',
    pattern: /^(?!security|cache|session|\$)[\w@-]{1,40}\s{0,3}=\s{0,3}([^\s,$]{5,64})(?:,[^\n]{0,120})?$/gm,
  },
  {
    name: /^(?:filezilla|sitemanager|recentservers)\.xml$/,
    what: 'Password in FileZilla’s configuration',
    pattern: /<Pass(?: encoding="base64")?>([^<\s]{3,512})<\/Pass>/g,
  },
  {
    name: /^(?:\.env|\.env\..{1,40}|.{1,60}\.env)$/,
    what: 'Password in an environment file',
    pattern:
      /^(?:export )?[A-Z0-9_]{0,60}(?:PASS|PASSWORD|PASSWD|PWD)\s{0,3}=\s{0,3}["']?([^\s"'#$<{]{6,128})["']?\s{0,3}$/gm,
  },
  {
    name: /^(?:.{0,60}\.key|secret_key_base)$/,
    what: 'Rails master key',
    pattern: /^([0-9a-f]{32})\s?$/g,
  },
  {
    name: /^(?:credentials|config|jenkins.{0,40})\.xml$/,
    what: 'Secret in Jenkins’ configuration',
    pattern:
      /<(?:password|secret|passphrase|privatekey|secretbytes|apitoken|bindpassword)>(\{?[A-Za-z0-9+/=]{16,4000}\}?)</gi,
  },
  { name: /^hudson\.util\.secret$/, what: 'Master key of Jenkins', pattern: /^(\S{16,1024})\s?$/g },
  {
    name: /^(?:logins|signons)\.json$/,
    what: 'Password stored by Firefox',
    pattern: /"encryptedPassword"\s{0,4}:\s{0,4}"([A-Za-z0-9+/=]{16,1000})"/g,
  },
  {
    name: /^g?shadow-?$|passwd-?$|^master\.passwd$/,
    what: 'Password hash in a user list',
    pattern: /^[\w.-]{1,64}:(\$[0-9a-z]{1,8}\$[^:\s]{16,200}|[A-Za-z0-9./]{13}(?=:))/gm,
  },
  {
    name: /^auth\.json$/,
    what: 'Login in Composer’s auth.json',
    pattern: /"(?:[\w-]{1,60}\.)+[a-z]{2,10}"\s{0,4}:\s{0,4}"([^"\s]{16,256})"/g,
  },
  {
    name: /^(?:chap|pap)-secrets$/,
    what: 'Password of a dial-in or tunnel user',
    pattern: /^[^#\s]\S{0,63}\s{1,8}\S{1,64}\s{1,8}"?([^"\s*]{3,128})"?/gm,
  },
  {
    name: /^ipsec.{0,20}\.secrets$/,
    what: 'Shared key of a tunnel',
    pattern: /:\s{0,8}(?:PSK|XAUTH|EAP|NTLM)\s{1,8}"?([^"\s]{3,256})"?/g,
  },
  {
    name: /^rsyncd?\.(?:secrets|passwd)$|^htpasswd\.txt$|^users?\.txt$|^\.?mosquitto.{0,12}pass.{0,8}$|^\.?vnc_?passwd$|^passwd\.(?:txt|conf)$|^(?:lighttpd|nginx|https?|proxy|squid|web)[\w.-]{0,20}\.(?:users?|passwd|pass)$/,
    what: 'Password in a user list',
    pattern: /^[\w.@-]{1,64}:([^:\s]{4,128})\s?$/gm,
  },
  {
    name: /^(?:vsftpd|virtual|ftp)[\w.-]{0,20}\.txt$/,
    what: 'Password in a user list, below its user',
    pattern: /^[\w.@-]{1,40}\r?\n(?=[^\n]*\d)([^\s:]{4,64})\s?$/gm,
  },
  {
    name: /^\.?passwd-s3fs$/,
    what: 'Key of an object store',
    pattern: /^(?:[\w.-]{1,63}:)?[A-Z0-9]{16,32}:([A-Za-z0-9+/]{30,64})\s?$/gm,
  },
  {
    name: /^wireless$/,
    what: 'Password of a wireless network',
    pattern: /^\s{1,8}option\s{1,4}key\s{1,4}["']?([^\s"']{8,63})["']?\s?$/gm,
  },
  {
    name: /^turn(?:server|userdb)\.conf$/,
    what: 'Password in a user list',
    pattern: /^user=[\w.-]{1,60}:([^\s:]{4,128})\s?$/gm,
  },
  { name: /^\.vault-token$/, what: 'Vault token', pattern: /^([\w.-]{12,200})\s?$/g },
  {
    name: /^sasl_passwd$/,
    what: 'Password of a mail relay',
    pattern: /^\S{3,200}[ \t]{1,20}[\w.@+-]{1,100}:(\S{3,128})\s?$/gm,
  },
  {
    name: /^userlist\.txt$/,
    what: 'Password of a pooled user',
    pattern: /^"[^"\n]{1,63}" "((?!md5|SCRAM-)[^"\n]{3,128})"/gm,
  },
  {
    name: /^userlist\.txt$/,
    what: 'Password hash of a pooled user',
    pattern: /^"[^"\n]{1,63}" "(md5[0-9a-f]{32}|SCRAM-SHA-256\$[\w+/=$:]{40,200})"/gm,
  },
  {
    name: /^(?:auth|pass|login|up|userpass|credentials|openvpn|vpn)(?:[-_.]?(?:auth|user-?pass|pass|creds?))?\.(?:txt|conf|cfg|auth|pass)$/,
    what: 'Password of a tunnel, below its user',
    pattern: /^(?![\s\S]{400})\s{0,8}[\w.@+-]{2,60}\r?\n(?=[^\s]*[\d!#$%&*+?^~])([^\s:=/]{6,64})\s{0,8}$(?![\s\S])/g,
  },
  {
    name: /^(?:wp-config|localsettings|configuration|settings|settings\.local|config|config\.inc|config\.local|database|db|parameters|env|connect|connection|conexao|conexion|dbconfig|db_config|dbconnect)\.php$/,
    what: 'Password in PHP configuration',
    pattern:
      /(?:\bdefine\(\s{0,4}["']|["'[]|\$|\$\w{1,40}(?:->|\[["']))[\w-]{0,30}pass(?:word|wd)?["'\]]{0,2}\s{0,8}(?:,|=>|=)\s{0,4}["']([^"'\s${}<>]{3,128})["']/gi,
  },
  {
    name: /^env\.php$/,
    what: 'Encryption key of a shop',
    pattern:
      /["']crypt["']\s{0,4}=>\s{0,4}(?:\[|array\s?\()\s{0,40}["']key["']\s{0,4}=>\s{0,4}["']([\w+/=]{16,128})["']/g,
  },
  {
    name: /^appsettings(?:\.\w{1,30})?\.json$/,
    what: 'Signing key of an application',
    pattern:
      /"\w{0,16}(?:jwt|token|auth|bearer|security)\w{0,20}"\s{0,4}:\s{0,4}\{[^{}]{0,300}?"(?:key|secret)"\s{0,4}:\s{0,4}"([^"\s]{8,256})"/gi,
  },
  {
    name: /^(?:.{0,40}cloud-?init.{0,20}|user-?data.{0,12})$/,
    what: 'Password of a machine’s first start',
    pattern: /^\s{1,12}(?:- )?[\w-]{1,32}:([^\s:$"'|]{4,64})\s?$/gm,
  },
  {
    name: /^(?:\.?my\.cnf|\.mylogin\.cnf|.{0,30}_srv\.ini|server\.properties|\.esmtprc|\.?msmtprc|\.?muttrc|\.fetchmailrc|\.getmailrc|\.offlineimaprc|\.mbsyncrc|\.ftpconfig|\.remote-sync\.json|sftp(?:-config)?\.json|deployment-config\.json|robomongo\.json|credentials-config\.json|\.davfs2?|smb\.?cred.{0,12}|\.smbcredentials|\.pypirc|\.vpn.{0,20}|\.tugboat|\.cifs.{0,12})$/,
    what: 'Password in a client’s configuration',
    pattern:
      /[\w-]{0,20}(?:password|passwd|passphrase|pass|pwd)["']?(?:[ \t]{0,4}[=:][ \t]{0,4}|[ \t]{1,4}(?=["']?[^\s\d]{0,64}\d|["']))["']?([^\s"'#$<{,;]{3,128})/gi,
  },
];
