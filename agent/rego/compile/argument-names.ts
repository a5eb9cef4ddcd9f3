/** Names of the arguments of builtins and, last, of their result, as OPA shows them below type errors. */

const NAMES = `
a,b,output: object.union
a,b,range: numbers.range
a,b,result: semver.compare
a,b,step,range: numbers.range_step
addrs,output: net.cidr_merge
arr,flattened: array.flatten
arr,rev: array.reverse
arr,start,stop,slice: array.slice
cert,pem,output: crypto.x509.parse_keypair
certs,options,output: crypto.x509.parse_and_verify_certificates_with_options
certs,output: crypto.x509.parse_and_verify_certificates crypto.x509.parse_certificates
chain: rego.metadata.chain
cidr,cidr_or_ip,result: net.cidr_contains
cidr,hosts: net.cidr_expand
cidr,result: net.cidr_is_valid
cidr1,cidr2,result: net.cidr_intersects
cidrs,cidrs_or_ips,output: net.cidr_contains_matches
collection,n: count max min product sort sum
csr,output: crypto.x509.parse_certificate_request
delimiter,collection,output: concat
document,schema,output: json.match_schema
duration,ns: time.parse_duration_ns
filename,rego,output: rego.parse_module
format,values,output: sprintf
glob1,glob2,result: regex.globs_match
graph,initial,output: graph.reachable graph.reachable_paths
haystack,needle,output: indexof indexof_n
haystack,needle,result: contains
headers,payload,key,output: io.jwt.encode_sign io.jwt.encode_sign_raw
jwt,certificate,result: io.jwt.verify_eddsa io.jwt.verify_es256 io.jwt.verify_es384 io.jwt.verify_es512 io.jwt.verify_ps256 io.jwt.verify_ps384 io.jwt.verify_ps512 io.jwt.verify_rs256 io.jwt.verify_rs384 io.jwt.verify_rs512
jwt,constraints,output: io.jwt.decode_verify
jwt,output: io.jwt.decode
jwt,secret,result: io.jwt.verify_hs256 io.jwt.verify_hs384 io.jwt.verify_hs512
k,output: uuid.rfc4122
keys,output: crypto.parse_private_keys
layout,value,ns: time.parse_ns
mac1,mac2,result: crypto.hmac.equal
name,addrs: net.lookup_ip_addr
note,result: trace
now: time.now_ns
ns,years,months,days,output: time.add_date
ns1,ns2,output: time.diff
number,base,output: format_int
object,key,default,value: object.get
object,keys,filtered: object.filter
object,keys,output: object.remove
object,paths,filtered: json.filter
object,paths,output: json.remove
object,value: object.keys
object,y: urlquery.encode_object
objects,output: object.union_n
output: opa.runtime rego.metadata.rule
pattern,delimiters,match,result: glob.match
pattern,output: glob.quote_meta
pattern,result: regex.is_valid
pattern,value,number,output: regex.find_all_string_submatch_n regex.find_n
pattern,value,output: regex.split
pattern,value,result: regex.match
patterns,value,output: strings.replace_n
pem,output: crypto.x509.parse_rsa_private_key
query,output: graphql.parse_query
query,schema,output: graphql.is_valid graphql.parse graphql.parse_and_verify
request,aws_config,time_ns,signed_request: providers.aws.sign_req
request,response: http.send
s,pattern,value,output: regex.replace
schema,output: graphql.parse_schema graphql.schema_is_valid json.verify_schema
search,base,result: endswith startswith strings.any_prefix_match strings.any_suffix_match
search,substring,output: strings.count
str,n,y: rand.intn
super,sub,result: object.subset
target,patches,output: json.patch
template,value,delimiter_start,delimiter_end,result: regex.template_match
uri,output: uri.parse
uri,result: uri.is_valid
uuid,result: uuid.parse
value,cutset,output: trim trim_left trim_right
value,ns: time.parse_rfc3339_ns
value,num: to_number
value,offset,length,output: substring
value,output: trim_space
value,prefix,output: trim_prefix
value,suffix,output: trim_suffix
value,vars,result: strings.render_template
vsn,result: semver.is_valid
x,date: time.date
x,day: time.weekday
x,delimiter,n,ys: strings.split_n
x,delimiter,ys: split
x,formatted timestamp: time.format
x,key,y: crypto.hmac.md5 crypto.hmac.sha1 crypto.hmac.sha256 crypto.hmac.sha512
x,object: urlquery.decode_object
x,old,new,y: replace
x,opts,y: json.marshal_with_options
x,output: time.clock walk
x,result: base64.is_valid is_array is_boolean is_null is_number is_object is_set is_string json.is_valid yaml.is_valid
x,s,z: bits.lsh bits.rsh
x,type: type_name
x,y: abs base64.decode base64.encode base64url.decode base64url.encode base64url.encode_no_pad ceil crypto.md5 crypto.sha1 crypto.sha256 floor hex.decode hex.encode json.marshal json.unmarshal lower round strings.reverse units.parse units.parse_bytes upper urlquery.decode urlquery.encode yaml.marshal yaml.unmarshal
x,y,result: equal gt gte lt lte neq
x,y,z: and array.concat bits.and bits.or bits.xor div minus mul or plus rem
x,z: bits.negate
xs,y: intersection union
`;

let byBuiltin: Map<string, string[]> | undefined;

/** Empty for what has no names: deprecated and internal builtins, and functions of policies. */
export function argumentNames(builtin: string): readonly string[] {
  byBuiltin ??= new Map(
    NAMES.trim()
      .split('\n')
      .flatMap((line) => {
        const [names = '', builtins = ''] = line.split(': ');
        return builtins.split(' ').map((name): [string, string[]] => [name, names.split(',')]);
      }),
  );
  return byBuiltin.get(builtin) ?? [];
}
